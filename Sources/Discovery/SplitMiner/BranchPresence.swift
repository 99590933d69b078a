import EventLogs

/// How many cases hold something of a set of activities.
struct BranchPresence {
    private let variants: VariantIndex
    private let letters: [Int]
    private let size: Int
    /// In how many cases each two letters are, each letter with itself for its own cases.
    private var together: [Int]

    init(_ variants: VariantIndex, _ alphabet: [UInt32], activities: Int) {
        self.variants = variants
        var letters = [Int](repeating: -1, count: activities)
        for (letter, activity) in alphabet.enumerated() { letters[Int(activity)] = letter }
        self.letters = letters
        size = alphabet.count
        together = [Int](repeating: 0, count: size * size)
        var last = [Int](repeating: -1, count: size)
        for rank in 0..<variants.count {
            var present: [Int] = []
            for activity in variants.activities(ofRank: rank + 1) {
                let letter = letters[Int(activity)]
                if letter < 0 || last[letter] == rank { continue }
                last[letter] = rank
                present.append(letter)
            }
            for one in present { for other in present { together[one * size + other] += variants.counts[rank] } }
        }
    }

    /// Of the cases of the rarer of two letters, the share that holds the other as well.
    func share(of one: Int, with other: Int) -> Double {
        let least = min(together[one * size + one], together[other * size + other])
        return least == 0 ? 0 : Double(together[one * size + other]) / Double(least)
    }

    /// How many cases hold the rarer of two letters.
    func least(_ one: Int, _ other: Int) -> Int { min(together[one * size + one], together[other * size + other]) }

    /// Of the cases that hold something of a block, the share that holds nothing of a branch of it.
    func share(without branch: [Int], among block: [Int]) -> Double {
        var kind = [UInt8](repeating: 0, count: size)
        for letter in block { kind[letter] = 1 }
        for letter in branch { kind[letter] = 3 }
        var (with, without) = (0, 0)
        for rank in 0..<variants.count {
            var seen: UInt8 = 0
            for activity in variants.activities(ofRank: rank + 1) where letters[Int(activity)] >= 0 { seen |= kind[letters[Int(activity)]] }
            if seen == 3 { with += variants.counts[rank] }
            if seen == 1 { without += variants.counts[rank] }
        }
        return with + without == 0 ? 0 : Double(without) / Double(with + without)
    }
}
