#pragma once

#include <istream>

#include "services/import_file.hpp"

/// Files of ledger lines: history with its old dates, hours, exam results, courses, statements, documents, facts; and
/// of sign-offs. Kinds of file that services/import_file.hpp reads.
namespace peercert::services {

class RecordImports {
public:
    RecordImports(House& house, const Rulebook& rulebook, std::size_t most_kept = ImportReport::most_notes)
        : house_(house), rulebook_(rulebook), most_kept_(most_kept) {}

    /// Columns: person, kind, on; as the kind needs them until, amount, code, topics, provider, result, score,
    /// vouched_by, vouched_as, wording, document, late. With `kind`, the column of that name is not needed.
    /// What stands in the ledger already is known and changes nothing. Of what happens once on a day (a course, an
    /// exam, a statement, a document, a fact) another value is a correction; hours, learning and activities may come
    /// several times a day and are added. Columns that the file does not have correct nothing.
    ImportReport records(const Actor& actor, std::istream& file, std::optional<EntryKind> kind,
                         const ImportNames& names, Mode mode, const Imports::Progress& progress = {});

    /// Columns: person, competency, assessor; on, or cohort and session; curriculum, rating, method, assessor_2, late.
    /// Each as `signoff` would take it: whoever signed was entitled on the day observed. Signed already is known;
    /// another rating by the same assessor on the same day is a row to mend, since a signature is corrected by whoever
    /// gave it.
    ImportReport sign_offs(const Actor& actor, std::istream& file, const ImportNames& names, Mode mode,
                           const Imports::Progress& progress = {});

private:
    House& house_;
    const Rulebook& rulebook_;
    std::size_t most_kept_; ///< notes of each sort
};

} // namespace peercert::services
