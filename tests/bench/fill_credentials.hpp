#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

/// A SQLite database with many invented credentials, made once and kept between runs of the benchmarks.
namespace peercert::bench {

/// The file `folder`/credentials-<count>.db; filled if it is not there yet (10 million take some minutes). Credential
/// and person n (1..count) belong together; every credential has one term and is certified in all of 2026.
std::filesystem::path filled_database(const std::filesystem::path& folder, std::int64_t count);

/// Whether a database kept from an earlier run is there. One of an older program is thrown away, to be filled anew.
bool is_there(const std::filesystem::path& file);

/// The printed numbers of `sample` of its credentials, drawn evenly, always the same ones.
std::vector<std::string> some_numbers(std::int64_t count, std::size_t sample);

} // namespace peercert::bench
