#pragma once

#include <functional>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "services/actor.hpp"
#include "services/completion.hpp"
#include "services/house.hpp"
#include "services/import_names.hpp"
#include "services/rulebook.hpp"

namespace peercert::services {

/// What is wrong in a file, or worth knowing, and where.
struct RowNote {
    std::size_t line{0};
    std::string column; ///< empty: the whole row
    std::string value;  ///< as in the file, at most 60 bytes
    std::string what;   ///< what is wrong and how to mend it
};

/// All or nothing: with any error nothing was stored. At most `most_kept` of each are kept; the counts are true.
struct ImportReport {
    static constexpr std::size_t most_notes = 1000;      ///< for a person to read
    static constexpr std::size_t every_note = 1'000'000; ///< a file has no more rows
    std::size_t most_kept{most_notes};
    std::size_t rows{0};
    std::size_t added{0};    ///< new people, or new attendance
    std::size_t changed{0};  ///< corrected attendance
    std::size_t known{0};    ///< rows that say what is recorded already
    std::size_t doubtful{0}; ///< of these: taken for somebody by the name alone, which people should look at
    std::size_t similar{
        0}; ///< people added who look like somebody; not looked for in a file of more than `most_compared`
    std::size_t errors{0};
    char separator{','}; ///< what the fields of the file are separated by
    std::vector<RowNote> error_notes;
    std::vector<RowNote> known_notes; ///< who is here already, and under which code or in which line
    std::vector<RowNote> doubtful_notes;
    std::vector<RowNote> similar_notes;   ///< whom they look like, and by what
    std::vector<RowNote> change_notes;    ///< what would stand otherwise: what was, and what comes
    std::vector<std::string> passed_over; ///< columns of the file that mean nothing here
    static constexpr std::size_t most_compared = 1000;
    /// Attendance: completions that rested on what this file corrected, judged again.
    std::vector<CompletionReview> reviews;
    bool stored{false};

    void error(RowNote note);
    void already_here(RowNote note);
    void perhaps_here(RowNote note);
    void looks_like(RowNote note);
    void corrects(RowNote note);
};

/// Reads files into the record. A second run of the same file changes nothing. `progress(bytes)` is called now and
/// then.
class Imports {
public:
    using Progress = std::function<void(std::size_t bytes)>;

    Imports(House& house, const Rulebook* rulebook, ImportNames names = {},
            std::size_t most_kept = ImportReport::most_notes)
        : house_(house), rulebook_(rulebook), names_(std::move(names)), most_kept_(most_kept) {}

    /// Columns: name; optional name_on_certificate, born, email, phone. With `cohort`, everybody in the file is
    /// enrolled. A row about somebody who is here already adds nobody; one that may mean several people, or somebody
    /// with another birthday, is to be mended.
    ImportReport people(const Actor& actor, std::istream& file, std::string_view cohort, Mode mode,
                        const Progress& progress = {});

    /// Columns: person (code, name or e-mail of somebody enrolled), session, minutes.
    ImportReport attendance(const Actor& actor, std::string_view cohort, std::istream& file, Mode mode,
                            const Progress& progress = {});

private:
    House& house_;
    const Rulebook* rulebook_; ///< needed where a cohort is meant
    ImportNames names_;        ///< of the file's columns
    std::size_t most_kept_;
};

} // namespace peercert::services
