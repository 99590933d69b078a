package import EventLogs
package import ProcessModels

extension DecisionMining {
    /// Learns the conditions at the exclusive gateways of a BPMN process that part.
    ///
    /// - Throws: ``ModelConversionError`` where the process cannot be turned into a net, ``CheckedNetError`` where the net accepts nothing.
    package init(
        of log: EventLog, in process: BPMNModel.Process, options: DecisionOptions = DecisionOptions(),
        alignment: AlignmentOptions = AlignmentOptions()
    ) throws {
        let net = try Self.net(of: process)
        self.init(of: log, try Alignments(of: log, on: net, options: alignment), options: options)
        let outputs = Dictionary(
            net.transitions.map { ($0.id, Set($0.outputs.map { net.places[$0.place].id })) }, uniquingKeysWith: { first, _ in first })
        choices = choices.compactMap { choice in
            for node in process.nodes where node.kind == .exclusiveGateway {
                let flows = process.flows(from: node.id)
                let own = choice.outcomes.map { outcome in flows.first { outputs[outcome.transition]?.contains($0.id) == true }?.id }
                if own.contains(nil) { continue }
                var named = choice
                named.gateway = node.id
                for index in named.outcomes.indices { named.outcomes[index].flow = own[index] }
                return named
            }
            return nil
        }
    }

    /// The same in bounded time: nil where not all markings of the process can be listed, so that each variant would have to be searched.
    ///
    /// - Throws: ``ModelConversionError``, ``CheckedNetError``, as where it is not bounded.
    package init?(
        boundedOf log: EventLog, in process: BPMNModel.Process, options: DecisionOptions = DecisionOptions(),
        alignment: AlignmentOptions = AlignmentOptions()
    ) throws {
        guard StateSpace(try CheckedNet(try Self.net(of: process), for: log), limit: alignment.stateLimit) != nil else { return nil }
        try self.init(of: log, in: process, options: options, alignment: alignment)
    }

    /// Unreduced, so that every flow has a place of its own by its identifier.
    private static func net(of process: BPMNModel.Process) throws(ModelConversionError) -> PetriNet {
        var conversion = PetriNet.BPMNOptions()
        conversion.isReduced = false
        return try PetriNet(process, options: conversion)
    }
}

extension BPMNModel {
    /// The model with the conditions that were found written on its flows, in the words of filters, and the default flows named; a way that
    /// the rule never tells has no condition. A gateway keeps what it says where nothing was found.
    package func deciding(by decisions: DecisionMining) -> BPMNModel {
        var model = self
        for choice in decisions.choices where choice.verdict == .found && choice.outcomes.contains(where: \.isDefault) {
            for process in model.processes.indices {
                for flow in model.processes[process].flows.indices {
                    guard model.processes[process].flows[flow].source == choice.gateway,
                        let outcome = choice.outcomes.first(where: { $0.flow == model.processes[process].flows[flow].id })
                    else { continue }
                    model.processes[process].flows[flow].isDefault = outcome.isDefault
                    model.processes[process].flows[flow].condition = outcome.isDefault ? nil : outcome.condition
                }
            }
        }
        return model
    }
}
