#pragma once

#include <optional>
#include <string>
#include <vector>

#include <peercert/edition.hpp>
#include <peercert/kinds.hpp>

#include "curricula/edition_reader.hpp"
#include "curricula/node.hpp"

/// The steps behind read_edition, for the catalogue, which parses each file once. Private to the room.
namespace peercert::curricula {

/// Absent when `problems` holds any error.
std::optional<Edition> read_document(const Node& root, const Kinds* kinds, std::vector<Problem>& problems);

/// Fills in where it comes from, its full text and the digest of that.
void sign(Edition& edition, const SourceText& source, std::string full_text);

} // namespace peercert::curricula
