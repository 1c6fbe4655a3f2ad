#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/confirmation.hpp"
#include "domain/entry.hpp"
#include "services/actor.hpp"
#include "services/house.hpp"
#include "services/rulebook.hpp"

/// Practice hours from the day they are worked to the supervisor's word: written down in one line, confirmed through a
/// link that works once.
namespace peercert::services {

/// One line of work. No field for anybody who was supported, nor for what was said.
struct NewHours {
    std::string person;
    bool is_supervision{false}; ///< supervision or co-reflection received, instead of practice
    std::int64_t minutes{0};
    Date first_day{};
    std::optional<Date> last_day;  ///< absent: the same day
    std::string employer;          ///< organization's code; empty: none
    std::string activity;          ///< a word of domain::activities(); empty: not said
    std::string setting;           ///< a word of domain::settings_of_work()
    std::string way;               ///< a word of domain::ways_of_work()
    std::vector<std::string> tags; ///< words of the rules
    std::string course;
    bool unusual{false}; ///< more than `usual_minutes_a_day`, and meant so
};

/// More than this on one day, all lines together, is asked about once: a double shift is possible, a slip is likelier.
inline constexpr std::int64_t usual_minutes_a_day = 16 * 60;

/// Days for which the link works.
inline constexpr int link_days = 14;
inline constexpr int most_link_days = 60;

struct NewConfirmation {
    std::string person;
    std::string supervisor;
    std::string role; ///< "wa-cpss/approved supervisor"; empty: supervisor at the employer that each line names
    std::optional<Date> from;
    std::optional<Date> until;
    int days{link_days}; ///< 1 to most_link_days
};

/// A line as the supervisor sees it.
struct AskedLine {
    EntryId entry;
    EntryKind kind{EntryKind::practice};
    Date first_day{};
    Date last_day{};
    std::int64_t minutes{0};
    std::string employer; ///< the organization's name; empty: none
    std::vector<std::string> tags;
    enum class State { open, confirmed, not_entitled, changed } state{State::open};
    std::optional<Date> not_entitled_on; ///< the first day on which the supervisor was not
};

struct ConfirmationView {
    domain::ConfirmationId id{};
    std::string person; ///< code
    std::string person_name;
    std::string supervisor; ///< code
    std::string supervisor_name;
    std::string role;
    domain::Instant asked_at{};
    domain::Instant expires_at{};
    enum class State { open, answered, withdrawn, expired } state{State::open};
    std::vector<AskedLine> lines;
};

std::string_view to_text(ConfirmationView::State state);
std::string_view to_text(AskedLine::State state);

/// What asking made. The secret is shown once; who loses it asks again.
struct AskedSupervisor {
    ConfirmationView view;
    std::string secret;
};

/// What an answer did: the lines confirmed, as they stand beside those that stay open.
struct Answered {
    ConfirmationView view; ///< after it
    std::int64_t minutes{0};
};

class Hours {
public:
    Hours(House& house, const Rulebook& rulebook) : house_(house), rulebook_(rulebook) {}

    /// A line that waits for its supervisor; the person may write it themselves. Throws Error{conflict} for a day of
    /// more than usual length that was not said to be meant, Error{invalid_input} for what Ledger::add refuses.
    EntryId log(const Actor& actor, const NewHours& hours, Mode mode = Mode::commit);

    /// Asks a supervisor about every line of those days that waits and that nobody else is being asked about. Throws
    /// Error{not_found} if there is none, Error{forbidden} for asking oneself, Error{invalid_input} for a line without
    /// employer where no role is named.
    AskedSupervisor ask(const Actor& actor, const NewConfirmation& request, Mode mode = Mode::commit);
    std::vector<ConfirmationView> list(const Actor& actor, std::string_view person);
    /// The link stops working. By whoever may ask. Throws Error{not_found}, Error{conflict} when it was answered.
    void withdraw(const Actor& actor, domain::ConfirmationId request, Mode mode = Mode::commit);

    /// What the holder of a link sees; changes nothing. Throws Error{not_found} in the same words for every text that
    /// is no link, for one that was withdrawn, and for one whose time is over.
    ConfirmationView open(std::string_view secret);
    /// Confirms those lines in the supervisor's name and closes the request; the other lines stay open. Whether the
    /// supervisor was entitled is judged for each day of each line. Throws as `open`, and Error{conflict} when the
    /// request was answered before, when a line was changed since or the supervisor was not entitled,
    /// Error{invalid_input} for a line that was not asked about.
    Answered answer(std::string_view secret, const std::vector<EntryId>& confirmed, const std::string& through,
                    Mode mode = Mode::commit);

private:
    /// The authority for all days of a line, or the first day without one.
    struct Entitlement {
        std::optional<domain::Authority> authority;
        std::optional<Date> missing_on;
    };
    Entitlement entitlement(storage::UnitOfWork& work, const domain::Confirmation& request,
                            const domain::LedgerEntry& line) const;
    ConfirmationView view(storage::UnitOfWork& work, const domain::ConfirmationRecord& record) const;
    domain::ConfirmationRecord usable(storage::UnitOfWork& work, std::string_view secret) const;

    House& house_;
    const Rulebook& rulebook_;
};

} // namespace peercert::services
