// EventLogsTests
