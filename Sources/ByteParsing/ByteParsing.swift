// ByteParsing
