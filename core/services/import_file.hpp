#pragma once

#include <functional>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/error.hpp>

#include "exchange/csv.hpp"
#include "services/import_parts.hpp"
#include "services/imports.hpp"

/// The one way in which a file of rows comes into the record, whatever its kind: names of columns by hand or as they
/// were remembered, every wrong row named at once, all of it or nothing. A new kind of file is its columns and what one
/// row does; see services/record_import.cpp.
namespace peercert::services {

struct ImportColumns {
    std::string_view kind; ///< "records": what a remembered mapping is for
    std::vector<std::string_view> required;
    std::vector<std::string_view> optional;
};

/// The rows of a file in one pass.
class ImportRows {
public:
    ImportRows(std::istream& file, const ImportColumns& columns, const exchange::CsvReader::Names& names,
               ImportReport& report, const Imports::Progress& progress);

    /// The next row that can be split into its columns; others are reported and passed.
    bool next();
    std::size_t line() const { return csv_.line(); }
    bool has(std::string_view column) const { return csv_.has(column); }
    std::string_view at(std::string_view column) const { return csv_.field(column); }

    /// Reports the value of that column in the present row (empty: the whole row).
    void wrong(std::string_view column, const std::string& what);
    /// Whether nothing was reported of the present row.
    bool is_fine() const { return report_.errors == errors_before_; }
    /// Runs `say`; an Error about what was typed is reported of that column.
    template <class Say>
    void check(std::string_view column, Say&& say) {
        try {
            say();
        } catch (const Error& error) {
            if (!is_about_a_row(error.code()))
                throw;
            wrong(column, error.what());
        }
    }
    /// The day in that column, real and not still to come; nothing where it is empty or wrong.
    std::optional<Date> day(std::string_view column, Date today, bool required);
    /// What a spreadsheet wrote with semicolons between.
    std::vector<std::string> words(std::string_view column) const;
    const std::vector<std::string>& passed_over() const { return csv_.passed_over(); }

    static bool is_about_a_row(ErrorCode code) {
        return code == ErrorCode::invalid_input || code == ErrorCode::not_found || code == ErrorCode::conflict ||
               code == ErrorCode::forbidden;
    }

private:
    exchange::CsvReader csv_;
    ImportReport& report_;
    const Imports::Progress& progress_;
    std::size_t errors_before_{0};
};

/// Runs `body` over the rows in one unit of work, which may run again. `body` authorizes, reads the rows to their end,
/// counts what it did in the report and writes its audit row. With any error, nothing stays.
ImportReport import_file(House& house, const Actor& actor, std::istream& file, const ImportColumns& columns,
                         const ImportNames& names, Mode mode, const Imports::Progress& progress,
                         const std::function<void(storage::UnitOfWork&, ImportRows&, ImportReport&)>& body,
                         std::size_t most_kept = ImportReport::most_notes);

} // namespace peercert::services
