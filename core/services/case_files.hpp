#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/edition.hpp>

/// Frameworks of competencies to and from CASE 1.1 packages. What a package says beyond the words of a framework's file
/// is kept beside that file, whole, so that exporting gives back what came.
namespace peercert::services {

struct CaseExport {
    std::string json;
    bool as_it_came{false}; ///< it is the package that the framework was made from
};
struct CaseExportRequest {
    std::string base;             ///< of addresses; empty: urn:uuid:...
    std::optional<Date> changed;  ///< when it last changed; absent: from when it is in force, or what its name says
    std::string package_beside{}; ///< bytes of the package it was made from; empty if there is none
};
/// Throws Error{invalid_input} for an edition that is no framework, or whose day of change nobody said; Error{conflict}
/// where the file no longer says what the package beside it says.
CaseExport export_case(const Edition& edition, const CaseExportRequest& request);

struct CaseImportRequest {
    std::string code;               ///< empty: from the title
    std::string edition;            ///< empty: the package's version, else the year of its last change
    std::vector<std::string> scale; ///< empty: the package's rubric, else ours
    std::vector<std::string> shown; ///< words of the scale that mean shown; empty: the last
};
struct CaseImport {
    std::string code;
    std::string edition;
    std::string yaml;
    std::string package; ///< to be kept beside it
    std::size_t items{0};
    bool scale_is_ours{false};
    std::vector<std::string> kept; ///< members that say nothing to the record; they stay in the package
};
/// Throws Error{invalid_input} for what is no package, or says what a framework's file cannot.
CaseImport import_case(std::string_view bytes, const CaseImportRequest& request);

/// Where a framework's package lies: "x/2024.yaml" -> "x/2024.case.json".
std::string package_beside(const std::string& file);

} // namespace peercert::services
