// A file that was taken away: whatever comes back, it is read or refused with a sentence; and what is read goes on
// being written in.
#include "services/bundle_file.hpp"

#include <peercert/error.hpp>

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace services = peercert::services;
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    try {
        const services::BundleFile file = services::read_bundle(bytes);
        if (services::bundle_id(bytes) != file.id)
            std::abort();
        if (file.sessions.empty() || file.people.empty())
            return 0;
        services::BundleFile::Attended attended;
        attended.session = file.sessions.front().number;
        attended.person = file.people.front().code;
        const std::string more = services::with_attended(bytes, attended);
        if (services::read_bundle(more).attended.size() != file.attended.size() + 1)
            std::abort();
    } catch (const peercert::Error& error) {
        if (error.code() != peercert::ErrorCode::invalid_input || std::string_view(error.what()).empty())
            std::abort();
    }
    return 0;
}
