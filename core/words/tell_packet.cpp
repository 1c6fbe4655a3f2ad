#include <algorithm>
#include <charconv>
#include <map>

#include "words/answers.hpp"
#include "words/explanation.hpp"
#include "words/telling.hpp"

/// A person's packet, read to its owner: what there is first, by day, and nobody else's business in it.
namespace peercert::words {

using domain::Packet;
using domain::PacketRow;

namespace {

class PacketTold {
public:
    PacketTold(const Packet& packet, const Speaker& speaker) : packet_(packet), speaker_(speaker) {}

    Sheet sheet() {
        who();
        held();
        lines();
        asked_and_decided();
        places();
        said();
        part("packet.editions", "edition",
             [&](const PacketRow& row) { line(sheet_, row.get("code") + " " + row.get("edition"), 2); });
        return std::move(sheet_);
    }

private:
    std::string day(const std::string& text) const {
        const auto one = parse_date(text);
        return one ? speaker_.day(*one) : text;
    }
    /// "{what}, from ..." or "{what}, ... to ...", by the row's days.
    std::string dated(const PacketRow& row, const std::string& what) const {
        const std::string last = row.get("last_day");
        if (last.empty())
            return speaker_.say("packet.from", {{"what", what}, {"first", day(row.get("first_day"))}});
        return speaker_.say("packet.span", {{"what", what}, {"first", day(row.get("first_day"))}, {"last", day(last)}});
    }
    const PacketRow* numbered(std::string_view table, const std::string& id) const {
        for (const PacketRow& row : packet_.rows(table))
            if (row.get("id") == id)
                return &row;
        return nullptr;
    }
    std::string of(std::string_view table, const std::string& id, std::string_view column) const {
        const PacketRow* row = numbered(table, id);
        return row == nullptr ? std::string{} : row->get(column);
    }
    /// A heading and a line for each row; nothing where there is none.
    template <class Each>
    void part(std::string_view title, std::string_view table, Each&& each) {
        if (packet_.rows(table).empty())
            return;
        heading(sheet_, speaker_.say(title));
        for (const PacketRow& row : packet_.rows(table))
            each(row);
    }

    void who() {
        const auto& people = packet_.rows("person");
        if (people.empty())
            return;
        const PacketRow& person = people.front();
        line(sheet_, speaker_.say("packet.title", {{"name", person.get("name")}}), 0, Tone::heading);
        line(sheet_, speaker_.say("packet.yours"));
        line(sheet_, speaker_.say("packet.code", {{"code", person.get("code")}}));
        for (const PacketRow& row : packet_.rows("packet"))
            line(sheet_, speaker_.say("packet.came", {{"code", row.get("code")}}));
        if (const std::string born = person.get("born"); !born.empty())
            line(sheet_, speaker_.say("packet.born", {{"day", day(born)}}));
        if (person.get("hidden") == "1")
            line(sheet_, speaker_.say("packet.hidden"));
        if (const std::string departed = person.get("departed_on"); !departed.empty())
            line(sheet_, speaker_.say("packet.departed", {{"day", day(departed)}}));
        heading(sheet_, speaker_.say("packet.names"));
        const auto since = [&](const char* own) {
            const std::string from = person.get(own);
            return from.empty() ? person.get("from_day") : from;
        };
        const auto present = [&](const std::string& what, const std::string& from) {
            line(sheet_, speaker_.say("packet.from", {{"what", what}, {"first", day(from)}}), 2);
        };
        present(speaker_.say("packet.name.used", {{"name", person.get("name")}}), since("name_from"));
        for (const PacketRow& row : packet_.rows("person_name"))
            line(sheet_, dated(row, speaker_.say("packet.name." + row.get("kind"), {{"name", row.get("full_name")}})),
                 2);
        const bool reached = !person.get("email").empty() || !person.get("phone").empty();
        if (reached || !packet_.rows("person_contact").empty())
            heading(sheet_, speaker_.say("packet.contacts"));
        if (!person.get("email").empty())
            present(person.get("email"), since("email_from"));
        if (!person.get("phone").empty())
            present(person.get("phone"), since("phone_from"));
        for (const PacketRow& row : packet_.rows("person_contact"))
            line(sheet_, dated(row, row.get("value")), 2);
    }

    void held() {
        part("packet.credentials", "credential", [&](const PacketRow& row) {
            const std::string issuer = of("organization", row.get("issuer"), "name");
            line(sheet_,
                 speaker_.say(issuer.empty() ? "packet.credential_alone" : "packet.credential",
                              {{"track", row.get("track")}, {"number", row.get("number")}, {"issuer", issuer}}),
                 2);
            for (const PacketRow& term : packet_.rows("term"))
                if (term.get("credential") == row.get("id"))
                    line(sheet_,
                         speaker_.say(term.get("last_day").empty() ? "packet.term_no_end" : "packet.term",
                                      {{"n", term.get("n")},
                                       {"title", speaker_.title(term.get("title"))},
                                       {"first", day(term.get("first_day"))},
                                       {"last", day(term.get("last_day"))}}),
                         4);
            for (const PacketRow& event : packet_.rows("credential_event"))
                if (event.get("credential") == row.get("id"))
                    line(sheet_,
                         speaker_.say("packet.event." + event.get("kind"), {{"day", day(event.get("effective_day"))}}),
                         4);
        });
    }

    std::string amount(const PacketRow& row) const {
        std::int64_t value = 0;
        const std::string digits = row.get("amount");
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
        const std::string kind = row.get("kind");
        if (value == 0)
            return {};
        if (kind == "exam")
            return speaker_.amount(value, Unit::hundredths);
        if (kind == "activity")
            return speaker_.amount(value, Unit::count);
        return speaker_.amount(value, Unit::minutes);
    }

    void lines() {
        std::map<std::string, bool> replaced; // number of a line: whether it was taken back
        std::vector<const PacketRow*> rows;
        for (const PacketRow& row : packet_.rows("entry")) {
            if (const std::string old = row.get("replaces"); !old.empty())
                replaced[old] = row.get("withdrawn") == "1";
            if (row.get("withdrawn") != "1")
                rows.push_back(&row);
        }
        if (rows.empty())
            return;
        heading(sheet_, speaker_.say("packet.lines"));
        std::stable_sort(rows.begin(), rows.end(), [](const PacketRow* a, const PacketRow* b) {
            return a->get("first_day") < b->get("first_day");
        });
        for (const PacketRow* row : rows)
            entry(*row, replaced);
    }

    void entry(const PacketRow& row, const std::map<std::string, bool>& replaced) {
        std::vector<std::string> what{
            speaker_.say("packet.kind." + row.get("kind"), {{"code", speaker_.name(row.get("code"))}})};
        while (!what.front().empty() && (what.front().back() == ' ' || what.front().back() == ','))
            what.front().pop_back(); // where there is no word for what it was
        if (const std::string much = amount(row); !much.empty())
            what.push_back(much);
        if (const std::string result = row.get("result"); result != "none")
            what.push_back(speaker_.say("packet.result." + result));
        if (const std::string tags = row.get("tags"); !tags.empty())
            what.push_back(speaker_.say("packet.tags", {{"tags", speaker_.name(tags)}}));
        if (const std::string by = row.get("provider"); !by.empty())
            what.push_back(speaker_.say("packet.provider", {{"provider", by}}));
        if (const std::string by = row.get("signed_by"); !by.empty() && by != "self")
            what.push_back(speaker_.say("packet.signed", {{"name", row.get("signed_by_name")}, {"code", by}}));
        if (const std::string role = row.get("authority_role"); !role.empty())
            what.push_back(speaker_.say("packet.vouched", {{"role", speaker_.name(role)}}));
        const std::string first = row.get("first_day"), last = row.get("last_day");
        const std::string key = first == last             ? "packet.line"
                                : last == to_text(no_end) ? "packet.line_on"
                                                          : "packet.line_to";
        const auto later = replaced.find(row.get("id"));
        line(sheet_, speaker_.say(key, {{"first", day(first)}, {"last", day(last)}, {"what", joined(what)}}), 2,
             later == replaced.end() ? Tone::plain : Tone::faint);
        if (later != replaced.end())
            line(sheet_, speaker_.say(later->second ? "packet.taken_back" : "packet.replaced"), 4, Tone::faint);
    }

    void asked_and_decided() {
        part("packet.applications", "application", [&](const PacketRow& row) {
            line(sheet_,
                 speaker_.say("packet.application", {{"day", day(row.get("received_on"))},
                                                     {"step", speaker_.step(row.get("step"))},
                                                     {"track", row.get("track")},
                                                     {"edition", row.get("edition")}}),
                 2);
        });
        part("packet.decisions", "decision", [&](const PacketRow& row) {
            line(sheet_,
                 speaker_.say("packet.decision", {{"day", day(row.get("decided_on"))},
                                                  {"outcome", speaker_.say("packet.outcome." + row.get("outcome"))}}),
                 2);
        });
    }

    void places() {
        part("packet.roles", "membership", [&](const PacketRow& row) {
            line(sheet_,
                 dated(row, speaker_.say("packet.role",
                                         {{"role", speaker_.name(row.get("role"))},
                                          {"organization", of("organization", row.get("organization"), "name")}})),
                 2);
        });
        part("packet.places", "enrolment", [&](const PacketRow& row) {
            for (const PacketRow& event : packet_.rows("enrolment_event"))
                if (event.get("enrolment") == row.get("id"))
                    line(sheet_,
                         speaker_.say("packet.place", {{"title", cohort(row.get("cohort"))},
                                                       {"state", speaker_.say("packet.state." + event.get("state"))},
                                                       {"day", day(event.get("day"))}}),
                         2);
        });
        std::map<std::pair<std::string, std::string>, int> led;
        for (const PacketRow& row : packet_.rows("session_leader"))
            ++led[{of("session", row.get("session"), "cohort"), row.get("role")}];
        if (!led.empty())
            heading(sheet_, speaker_.say("packet.led"));
        for (const auto& [where, sessions] : led)
            line(sheet_,
                 speaker_.say(
                     "packet.led_in",
                     {{"role", where.second}, {"title", cohort(where.first)}, {"sessions", std::to_string(sessions)}}),
                 2);
    }
    /// What they agreed to, and what they said of themselves.
    void said() {
        part("packet.consents", "person_consent", [&](const PacketRow& row) {
            const std::string about = row.get("about").empty() ? std::string{} : " " + row.get("about");
            line(sheet_,
                 speaker_.say(row.get("given") == "1" ? "packet.agreed" : "packet.took_back",
                              {{"day", day(row.get("day"))},
                               {"what", row.get("purpose") + about},
                               {"wording", row.get("wording")}}),
                 2);
        });
        part("packet.self_ratings", "self_rating", [&](const PacketRow& row) {
            if (row.get("withdrawn") != "1")
                line(sheet_,
                     speaker_.say("packet.self_rating", {{"day", day(row.get("rated_on"))},
                                                         {"competency", row.get("competency")},
                                                         {"rating", row.get("rating")}}),
                     2);
        });
    }
    std::string cohort(const std::string& id) const {
        const std::string title = of("cohort", id, "title");
        return title.empty() ? of("cohort", id, "code") : title;
    }

    const Packet& packet_;
    const Speaker& speaker_;
    Sheet sheet_;
};

} // namespace

Sheet told(const Packet& packet, const Speaker& speaker) { return PacketTold(packet, speaker).sheet(); }

} // namespace peercert::words
