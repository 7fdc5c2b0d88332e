"""The official JSON Schema suite through a contract's loader and validator, beside plain jsonschema."""
