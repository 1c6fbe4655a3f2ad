// The head and target of a request: read strictly or refused with a status, never anything between.
#include "http/head.hpp"
#include "http/target.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

void must(bool holds) {
    if (!holds)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace peercert::http;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    Head head;
    if (const auto refusal = parse_head(text, head)) {
        must(refusal->status >= 400 && refusal->status < 600);
    } else {
        must(!head.method.empty() && head.target.starts_with('/') && head.field_count <= max_fields);
        for (std::size_t i = 0; i < head.field_count; ++i)
            must(head.fields[i].value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos);
    }
    Target target;
    if (target.parse(text))
        for (std::size_t i = 0; i < target.segment_count(); ++i) {
            const auto segment = target.segment(i);
            must(is_utf8(segment) && segment != ".." && segment.find('/') == std::string_view::npos);
        }
    return 0;
}
