// ProcessModelsTests
