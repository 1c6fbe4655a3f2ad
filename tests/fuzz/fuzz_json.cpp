// Strict JSON: whatever comes in, a value or a sentence with its place comes out; what was read and written again reads
// as the same. A packet and a CASE package, which are JSON of strangers, refuse the rest in the same manner.
#include "exchange/case_package.hpp"
#include "exchange/json_reader.hpp"
#include "exchange/packet_file.hpp"

#include <peercert/error.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

template <class Read>
bool accepted(Read&& read) {
    try {
        read();
        return true;
    } catch (const peercert::Error& error) {
        if (error.code() != peercert::ErrorCode::invalid_input || std::string_view(error.what()).empty())
            std::abort();
        return false;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace peercert::exchange;
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    JsonValue value;
    if (!accepted([&] { value = read_json(bytes); }))
        return 0;
    std::string once, twice;
    append_json(once, value);
    append_json(twice, read_json(once), 0);
    if (once != twice)
        std::abort();
    (void)accepted([&] { (void)read_packet(bytes, 20); });
    (void)accepted([&] {
        const CasePackage package = read_case(bytes);
        if (write_case(read_case(write_case(package))) != write_case(package))
            std::abort();
    });
    return 0;
}
