// InstantsTests
