//! HCL 2, native and JSON syntax, to a syntax tree with places.
