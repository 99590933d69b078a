// OracleTests
