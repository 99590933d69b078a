// PerformanceTests
