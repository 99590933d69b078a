import Database
import EventLogs
import Foundation
import Instants
import Statistics
import TestSupport
import Testing
import Workspaces

@Suite("Workspaces")
struct WorkspaceTests {
    @Test("placeholder") func p() throws {}
}
