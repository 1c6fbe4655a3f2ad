#pragma once

#include <istream>

#include "services/import_file.hpp"

namespace peercert::services {

/// A file of cohorts, a row for each session: history with its old dates, or a year that is planned elsewhere. Columns:
/// cohort, curriculum, organization, day; if the file has them format, title, county, minutes, unit, leaders (codes
/// with semicolons between). What belongs to the cohort is said in any of its rows, and the same in all that say it.
/// Each is opened as `cohort open` does: a session still to come needs its leaders. A cohort that is here already with
/// these days is known and changes nothing; with others it is a row to mend, since sessions are moved one by one.
ImportReport import_cohorts(House& house, const Rulebook& rulebook, const Actor& actor, std::istream& file,
                            const ImportNames& names, Mode mode, const Imports::Progress& progress = {},
                            std::size_t most_kept = ImportReport::most_notes);

} // namespace peercert::services
