//! Dockerfiles to instructions with places.
