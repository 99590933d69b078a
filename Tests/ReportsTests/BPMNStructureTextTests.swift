import ProcessModels
import Reports
import Testing

@Suite struct BPMNStructureTextTests {
    @Test("Every rule has a sentence of its own in each language")
    func sentences() {
        for language in Language.allCases {
            let text = BPMNStructureText(language)
            let sentences = BPMNStructure.Rule.allCases.map { text.rule($0) }
            #expect(Set(sentences).count == BPMNStructure.Rule.allCases.count && !sentences.contains(""))
            for sentence in sentences {
                let hasChinese = sentence.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
                #expect(hasChinese == (language == .zh), "\(sentence)")
            }
        }
    }
}
