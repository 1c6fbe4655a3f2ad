#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include <peercert/error.hpp>

/// What a plugin file says about itself, read from its bytes: none of its code runs.
namespace peercert::plugin_host {

struct Manifest {
    std::uint16_t sdk_major{0};
    std::uint16_t sdk_minor{0};
    std::string abi_tag;
    std::string id;
    std::string version;
    std::string summary;
    bool operator==(const Manifest&) const = default;
};

/// The bytes are not those of a whole shared library: cut short, overwritten, or never one.
class DamagedFile : public Error {
public:
    explicit DamagedFile(const std::string& sentence) : Error(ErrorCode::plugin_failure, sentence) {}
};

/// Throws DamagedFile or Error{plugin_failure} naming `where` unless the bytes are a whole shared library of this
/// machine (a truncated one would kill the process when loaded) that carries a peercert manifest this host can work
/// with: SDK version and ABI tag fit (both values are in the message), id, version and summary are well-formed.
Manifest read_manifest(std::span<const std::byte> file, const std::string& where);

/// The same judgement on a manifest at hand: the host asks it once more of the loaded library.
Manifest judge_manifest(std::span<const std::byte> raw, const std::string& where);

} // namespace peercert::plugin_host
