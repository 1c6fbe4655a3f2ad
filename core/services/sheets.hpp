#pragma once

#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "domain/sheet_code.hpp"
#include "services/cohorts.hpp"
#include "services/imports.hpp"

/// Sign-in sheets: what stands on one, and reading its codes back.
namespace peercert::services {

struct SheetContent {
    domain::Cohort cohort;
    std::string organization; ///< its name
    domain::Session session;
    std::size_t sessions{0};
    std::vector<std::string> leaders; ///< names they use
    struct Row {
        domain::SheetCode code;
        std::string name; ///< the one the person uses now
    };
    std::vector<Row> rows; ///< who has a place today, by name; who moved on is not among them
};

/// One code that was read back.
struct ReadBack {
    domain::Session session;
    PersonLine person;
    Minutes present{0};
    Attended attended;
};

class Sheets {
public:
    Sheets(House& house, const Rulebook& rulebook) : house_(house), rulebook_(rulebook) {}

    /// Throws Error{forbidden} where the curriculum keeps no register.
    SheetContent sheet(const Actor& actor, std::string_view cohort, int session);
    /// Throws Error{invalid_input} for what is no code, or one of another cohort's sheet.
    ReadBack read_back(const Actor& actor, std::string_view cohort, std::string_view code, const Presence& presence,
                       Mode mode = Mode::commit);
    /// Columns: code; optional minutes, late, left_early (minutes), arrived, left (hh:mm). A row with a code alone was
    /// there from beginning to end. All or nothing; a second run of the same file changes nothing.
    ImportReport read_back(const Actor& actor, std::string_view cohort, std::istream& file, Mode mode = Mode::commit);

private:
    House& house_;
    const Rulebook& rulebook_;
};

} // namespace peercert::services
