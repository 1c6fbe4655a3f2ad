#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exchange/json_reader.hpp"

/// Frameworks of competencies in the shape of CASE 1.1 (1EdTech): one CFPackage a file.
namespace peercert::exchange {

struct CaseItem {
    std::string code; ///< unique in the framework: "II", "II.3"
    std::string label;
    std::string parent; ///< code of the item above; empty at the top
    bool operator==(const CaseItem&) const = default;
};

/// What a framework's file says that has a place in CASE.
struct CaseFramework {
    std::string code;    ///< "samhsa-core"
    std::string edition; ///< "2015"
    std::string title;
    std::string creator;
    std::string notes;
    std::string changed;            ///< day on which it was last changed, YYYY-MM-DD
    std::string base;               ///< of addresses, "https://board.example.net"; empty: urn:uuid:...
    std::vector<CaseItem> items;    ///< those above before those below
    std::vector<std::string> scale; ///< words of the rating scale, lowest first
};

/// The package of a framework that began here. Identifiers are UUIDs by name (version 5) of the codes of framework and
/// item, so they are the same whenever and wherever it is exported.
std::string write_case(const CaseFramework& framework);

/// A package of somebody else, read.
struct CasePackage {
    JsonValue json; ///< all of it, every member as it came
    std::string identifier;
    std::string uri;
    std::string title;
    std::string creator;
    std::string version;  ///< may be empty
    std::string language; ///< may be empty
    std::string changed;  ///< day of lastChangeDateTime
    /// In order, children after their parents. Codes are the package's own (humanCodingScheme) where they can be codes
    /// of a record and stand once; else the place in the list. What lies deeper than two levels hangs on the one at the
    /// top.
    std::vector<CaseItem> items;
    std::vector<std::string> scale; ///< of a rubric, if there is one: qualities in order
    /// Members that say nothing to the record ("CFItems.educationLevel"): kept in the package, and named.
    std::vector<std::string> kept;
};
/// Throws Error{invalid_input} naming the place: no package, an item without identifier or statement, a child of
/// nobody, a circle, an identifier that stands twice.
CasePackage read_case(std::string_view bytes);
/// A package as it came.
std::string write_case(const CasePackage& package);

} // namespace peercert::exchange
