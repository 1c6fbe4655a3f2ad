#pragma once

#include "cli/output.hpp"
#include "services/places.hpp"

namespace peercert::cli {

/// How places in a cohort are given, as it was stated.
void print_rules(Output& out, const services::PlaceView& view);
/// The same, and who asked.
void print_places(Output& out, const services::PlaceView& view);
/// Offers that ran out and those that were made, one line each; nothing where nothing moved.
void print_moved(Output& out, const services::PlacesMoved& moved);

} // namespace peercert::cli
