#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exchange/csv.hpp"
#include "storage/unit_of_work.hpp"

/// What files of other programs call their columns, by hand or as it was remembered.
namespace peercert::services {

/// What the columns of this file are called.
struct ImportNames {
    exchange::CsvReader::Names typed{}; ///< theirs, ours
    std::string mapping{};              ///< as remembered under this name, below what is typed
    std::string remember{};             ///< to be remembered under this name, if the file is stored
};
/// "Full name=name,DOB=born"; a comma within a name is written with a backslash before it. Throws Error{invalid_input}.
exchange::CsvReader::Names parse_column_names(const std::vector<std::string>& texts);

/// What is typed, and below it what is remembered. Throws Error{not_found} naming what is remembered, Error{conflict}
/// for what is remembered for another kind of file.
exchange::CsvReader::Names names_in_force(storage::UnitOfWork& work, const ImportNames& names, std::string_view kind);
/// Remembers them, if that was asked, with an audit row. For a file that is stored.
void remember_names(storage::UnitOfWork& work, const ImportNames& names, std::string_view kind);

} // namespace peercert::services
