import ArgumentParser

/// A number of bytes as people write it: `512MB`, `8GB`, `2GiB`, `1000000`.
struct ByteSize: ExpressibleByArgument, Equatable {
    /// The bytes, at least 1.
    let bytes: Int

    init?(argument: String) {
        let digits = argument.prefix { $0.isASCII && $0.isNumber }
        let units = [
            "": 1, "b": 1, "kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000, "tb": 1_000_000_000_000, "kib": 1 << 10, "mib": 1 << 20,
            "gib": 1 << 30, "tib": 1 << 40,
        ]
        let word = argument.dropFirst(digits.count).drop { $0 == " " }.lowercased()
        guard let number = Int(digits), number > 0, let unit = units[word] else { return nil }
        let (product, isTooMuch) = number.multipliedReportingOverflow(by: unit)
        if isTooMuch { return nil }
        bytes = product
    }
}
