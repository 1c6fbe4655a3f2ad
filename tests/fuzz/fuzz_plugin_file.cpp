// A plugin's file and the list of what may be loaded: refused with a sentence or read, never read beyond the end.
#include "plugin_host/allow_list.hpp"
#include "plugin_host/elf_file.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include <peercert/error.hpp>

namespace {

void must(bool holds) {
    if (!holds)
        std::abort();
}

void read_as_library(std::span<const std::byte> file) {
    try {
        const auto manifest = peercert::plugin_host::read_manifest(file, "x.so");
        must(!manifest.id.empty() && !manifest.version.empty());
    } catch (const peercert::Error& error) {
        must(error.code() == peercert::ErrorCode::plugin_failure);
    }
}

void read_as_list(std::string_view text) {
    using namespace peercert::plugin_host;
    try {
        const AllowList list = parse_allow_list(text, "plugins.allow");
        const AllowedFile entry{"a.so", std::string(64, '0')};
        const AllowList after = parse_allow_list(with_entry(text, entry), "plugins.allow");
        must(after.find("a.so")->sha256 == entry.sha256);
        must(after.files.size() == list.files.size() + (list.find("a.so") == nullptr ? 1 : 0));
    } catch (const peercert::Error& error) {
        must(error.code() == peercert::ErrorCode::invalid_input);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    read_as_library(std::as_bytes(std::span(data, size)));
    read_as_list({reinterpret_cast<const char*>(data), size});
    return 0;
}
