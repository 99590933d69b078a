// ByteParsingTests
