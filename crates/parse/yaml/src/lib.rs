//! YAML as Kubernetes reads it, and JSON, to values with places.
