// LogFormatsTests
