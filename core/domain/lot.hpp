#pragma once

#include <string>
#include <string_view>

/// A lot that nobody can bend and anybody can draw again: the seed is made before anybody asks, only its digest is told
/// then; afterwards the seed itself is told. Who has the smallest SHA-256 of "SEED:NUMBER" comes first.
///   printf '%s' 'SEED:7' | sha256sum
namespace peercert::domain {

/// 32 hexadecimal digits from the system's own randomness.
std::string new_seed();
/// What is compared: the SHA-256 of "SEED:NUMBER".
std::string lot_of(std::string_view seed, int number);

} // namespace peercert::domain
