// EventLogs
