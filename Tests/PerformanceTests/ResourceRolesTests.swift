import EventLogs
import Instants
import Performance
import Statistics
import TestSupport
import Testing

@Suite struct ResourceRolesTests {
    /// Resources drawn from hidden profiles find together again, whatever their order.
    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func clustersFindHiddenRoles(seed: UInt64) {
        var stream = RandomStream(seed: seed, path: 3)
        // Three roles over nine activities, each with three of its own.
        var truth: [Int] = []
        var profiles: [[Int]] = []
        for _ in 0..<40 {
            let role = stream.index(below: 3)
            truth.append(role)
            var profile = [Int](repeating: 0, count: 9)
            for _ in 0..<(60 + stream.index(below: 200)) {
                let isOwn = stream.unit() < 0.9
                profile[isOwn ? role * 3 + stream.index(below: 3) : stream.index(below: 9)] += 1
            }
            profiles.append(profile)
        }
        let groups = RoleClusters(profiles: profiles).groups
        #expect(groups.count == 3)
        for group in groups {
            #expect(Set(group.members.map { truth[$0] }).count == 1)
            #expect(group.members == group.members.sorted())
            #expect(group.commonest / 3 == truth[group.members[0]])
        }
        let turned = Array(profiles.reversed())
        let again = RoleClusters(profiles: turned).groups.map { Set($0.members.map { 39 - $0 }) }
        #expect(Set(again) == Set(groups.map { Set($0.members) }))
    }

    @Test func aRoleIsTheColumnThenTheDepartmentThenACluster() {
        var builder = EventLogBuilder()
        let number = builder.caseNumber("1")
        var row = 0
        func add(_ activity: String, _ person: String, role: String? = nil) {
            row += 1
            let event = builder.append(
                case: number, activity: builder.activityNumber(activity), time: EventLog.tinyEpoch + Int64(row) * Microseconds.hour,
                row: row)
            builder.set(.resource, event, person)
            if let role { builder.set(.role, event, role) }
        }
        for _ in 0..<3 { add("Pay", "ann", role: "Clerk") }
        add("Pay", "ann", role: "Boss")
        for _ in 0..<3 { add("Pay", "bob") }
        for _ in 0..<2 { add("Check", "cid") }
        let roles = ResourceRoles(of: builder.finish())
        #expect(roles.names == ["Check", "Clerk", "Pay"])
        #expect(roles.basis == [.cluster, .role, .cluster])
        #expect(roles.roleOf == [1, 2, 0])
    }
}
