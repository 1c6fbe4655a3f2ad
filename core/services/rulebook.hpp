#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/kinds.hpp>

#include "curricula/catalogue.hpp"
#include "rules/editions.hpp"
#include "rules/rules.hpp"
#include "storage/unit_of_work.hpp"

namespace peercert::services {

/// The editions of the catalogue, ready for judging. Compiles each once; safe from several threads. Editions that
/// something relied on are also found in the database, so that a file that is gone changes no old answer.
class Rulebook {
public:
    /// Which editions something new may rely on.
    enum class Relying { on_any, on_published };

    Rulebook(const curricula::Catalogue& catalogue, const Kinds& kinds, Vocabulary& words,
             Relying relying = Relying::on_any)
        : catalogue_(catalogue), kinds_(kinds), words_(words), relying_(relying) {}

    using ProgramPtr = std::shared_ptr<const rules::Program>;

    struct Chosen {
        ProgramPtr program;
        std::string event; ///< the word whose day chose the edition; empty when there is only one, always in force
        Date day{};
        /// Two editions that changed places on a day that nobody found, the older first; then `program` is the newer.
        std::vector<ProgramPtr> undecided{};
        bool by_choice{false}; ///< an applicant in flight asked for the older one
    };

    /// The edition of `code` that applies for these days. Throws Error{not_found} naming the nearest code.
    /// `wanted`: an edition asked for by name, where there is a choice (rules::choose_edition).
    Chosen choose(std::string_view code, const rules::EventDays& days, std::string_view wanted = {}) const;
    /// The same for a question about one person, each event on the day that their record has it.
    Chosen choose(std::string_view code, const Record& record, const rules::EventQuestion& question,
                  std::string_view wanted = {}) const;
    /// The same; where nobody found which of two editions applies and none was wanted, both are answered.
    Chosen choose_or_both(std::string_view code, const Record& record, const rules::EventQuestion& question,
                          std::string_view wanted = {}) const;
    /// The days that the editions of `code` can be chosen by, as one person's record has them.
    rules::EventDays event_days(std::string_view code, const Record& record,
                                const rules::EventQuestion& question) const;
    /// Whether the edition can be another one for another person on the same day.
    bool chosen_by_record(std::string_view code) const;
    /// That very edition: as something relied on it where the database holds its text, else from the catalogue. A file
    /// that was changed since changes no application that it was received under. Throws Error{not_found}.
    ProgramPtr edition(storage::UnitOfWork& work, std::string_view code, std::string_view edition) const;

    /// That very edition of the catalogue. Throws Error{not_found}, naming the editions there are.
    ProgramPtr edition_on_file(std::string_view code, std::string_view edition) const;
    /// The edition of that digest exactly as it was relied on, from the database first: a file that says something else
    /// under the same name plays no part. Throws Error{not_found}.
    ProgramPtr frozen(storage::UnitOfWork& work, std::string_view digest) const;

    /// To be called before something new relies on the edition: its text is kept, and cannot change from now on. Throws
    /// Error{conflict} when another text is relied on under that name, and when only published editions may be relied
    /// on and this one is not.
    void rely_on(storage::UnitOfWork& work, const Edition& edition) const;

    const Kinds& kinds() const { return kinds_; }
    Vocabulary& words() const { return words_; }
    /// The builds of the plugins that judge with this edition; empty when there is none.
    std::string plugin_builds(const Edition& edition) const { return kinds_.builds_of(edition.uses); }
    const curricula::Catalogue& catalogue() const { return catalogue_; }

private:
    std::vector<curricula::Catalogue::EditionPointer> editions_of(std::string_view code) const;
    Chosen chosen(std::string_view code, const rules::EventDays& days, std::string_view wanted, bool both) const;
    Chosen chosen_for(std::string_view code, const Record& record, const rules::EventQuestion& question,
                      std::string_view wanted, bool both) const;
    ProgramPtr compiled(const std::shared_ptr<const Edition>& edition) const;

    const curricula::Catalogue& catalogue_;
    const Kinds& kinds_;
    Vocabulary& words_;
    Relying relying_;
    mutable std::mutex mutex_;
    mutable std::map<std::string, ProgramPtr, std::less<>> programs_; ///< by digest and the days in force
};

/// Keeps the text of an edition in the database: from now on it cannot change. Harmless when it is kept already.
void freeze(storage::UnitOfWork& work, const Edition& edition);

/// The edition as the database names it.
domain::FrozenEdition kept_form(const Edition& edition);

} // namespace peercert::services
