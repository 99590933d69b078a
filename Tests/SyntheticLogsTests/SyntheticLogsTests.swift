// SyntheticLogsTests
