// ProcessModels
