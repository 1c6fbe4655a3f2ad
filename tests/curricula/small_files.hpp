#pragma once

#include <string>
#include <string_view>

#include "curricula/edition_reader.hpp"

/// Small files for the tests of the reader.
namespace peercert::tests {

/// A track with a source, topics and courses; `rest` follows. Its first line is line 1 of the file, `rest` begins in
/// line 12.
inline std::string track_with(std::string_view rest) {
    return "track: xx-ps\n"
           "edition: 2024\n"
           "title: Example Peer Specialist\n"
           "zone: America/Chicago\n"
           "in force: {from: 2024-01-01, until: further notice, chosen by: applying}\n"
           "uses: [wrap]\n"
           "levels: [trainee, certified]\n"
           "courses: [xx-course, ethics-1]\n"
           "topics: [ethics, peer-specific, video, paid]\n"
           "sources:\n"
           "  Page: {what: the page, as of: 2024-05, trust: verified}\n" +
           std::string(rest);
}

inline curricula::ReadEdition read_text(const std::string& text) {
    return curricula::read_edition({"f.yaml", text}, nullptr);
}

inline std::string problems_of(const std::string& text) { return to_text(read_text(text).problems); }

/// The needs of "to become certified" (first clause in line 14, column 7) and what is wrong with them.
inline std::string becoming(std::string_view clauses) {
    return track_with("to become certified:\n  see: Page\n  needs:\n" + std::string(clauses));
}
inline std::string renewing(std::string_view clauses) {
    return track_with("to renew certified:\n  see: Page\n  needs:\n" + std::string(clauses));
}

} // namespace peercert::tests
