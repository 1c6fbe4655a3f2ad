#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <peercert/error.hpp>

#include "domain/text.hpp"
#include "storage/audit.hpp"
#include "storage/cohorts.hpp"
#include "storage/detail/connection.hpp"
#include "storage/detail/digest.hpp"
#include "storage/detail/entry_numbers.hpp"
#include "storage/detail/kept_answers.hpp"
#include "storage/detail/likeness.hpp"
#include "storage/detail/packet_layout.hpp"
#include "storage/detail/packet_rows.hpp"
#include "storage/detail/postgres_statement.hpp"
#include "storage/detail/sqlite_statement.hpp"
#include "storage/detail/units.hpp"
#include "storage/editions.hpp"
#include "storage/numbers.hpp"
#include "storage/organizations.hpp"
#include "storage/packets.hpp"

/// A packet into the database: row by row as it was recorded elsewhere, each vouched for by an audit row of this one.
namespace peercert::storage {

namespace {

using domain::Packet;
using domain::PacketRow;

using Values = PacketRows::Values;

/// Former values that are vouched for with the person.
bool is_of_the_person(std::string_view table) { return table == "former_birthday" || table == "former_departure"; }

class Receiver {
public:
    Receiver(Connection& connection, const Packet& packet, const Packets::Receiving& how)
        : connection_(connection), packet_(packet), how_(how), rows_(connection) {}

    Packets::Received run() {
        Packets::check(packet_, connection_.now());
        organizations();
        editions();
        person();
        cohorts();
        for (const PacketRow& row : packet_.rows("session_leader"))
            leader(row);
        for (const PacketRow& row : packet_.rows("enrolment")) {
            Values values = rows_.taken("enrolment", row);
            const std::int64_t id = rows_.add("enrolment", values);
            rows_.remember("enrolment", row, id);
            note_new(connection_, Unit::enrolment, id);
        }
        came_from();
        audited("packet.received");
        in_their_order();
        recognise(connection_, received_.person);
        keep_answers_of(connection_, received_.person);
        audited("packet.finished");
        return std::move(received_);
    }

private:
    std::int64_t person_key() const { return received_.person.value(); }

    void audited(std::string_view action) {
        Audit(connection_)
            .append({.action = action, .object = "person " + std::to_string(person_key()), .after = how_.digest});
    }

    std::string organization_here(const std::string& there) const {
        const auto found = how_.organizations.find(there);
        return found == how_.organizations.end() ? there : found->second;
    }

    void organizations() {
        Organizations all(connection_);
        for (const PacketRow& row : packet_.rows("organization")) {
            const std::string there = row.get("code");
            const std::string code = organization_here(there);
            const auto kind = domain::parse_organization_kind(row.get("kind"));
            if (!kind)
                packet_cannot_be("there is no kind of organization called \"" + row.get("kind") + "\"");
            OrganizationId id{};
            if (const auto found = all.find(code)) {
                if (how_.organizations.count(there) == 0 && (found->name != row.get("name") || found->kind != *kind))
                    throw Error(ErrorCode::conflict,
                                "the organization " + code + " is \"" + found->name + "\" here and \"" +
                                    row.get("name") + "\" in the packet; if they are the same, say --organization " +
                                    code + "=" + code + ", else give it another code, --organization " + code + "=" +
                                    code + "-2");
                id = found->id;
            } else {
                id = all.add({{}, code, row.get("name"), *kind, row.get("county")});
                received_.organizations.push_back(code);
            }
            rows_.remember("organization", row, id.value());
        }
    }

    void editions() {
        for (const PacketRow& row : packet_.rows("edition")) {
            const auto kind = domain::parse_edition_kind(row.get("kind"));
            if (!kind)
                packet_cannot_be("there is no kind of edition called \"" + row.get("kind") + "\"");
            try {
                (void)Editions(connection_)
                    .freeze({*kind, row.get("code"), row.get("edition"), row.get("digest"), row.get("body")});
            } catch (const Error& error) {
                if (error.code() != ErrorCode::conflict)
                    throw;
                throw Error(ErrorCode::conflict,
                            "the edition " + row.get("code") + " " + row.get("edition") +
                                " says something else here than the one that was relied on there, so what was decided "
                                "there could not be judged again here; a body that changes a rule gives the edition "
                                "another name");
            }
        }
    }

    void person() {
        if (packet_.rows("person").size() != 1)
            packet_cannot_be("it is about one person");
        const std::int64_t counter = Numbers(connection_).take_people(1);
        received_.person = PersonId(counter);
        rows_.belong_to(received_.person);
        const PacketRow& row = packet_.rows("person").front();
        Values values = rows_.taken("person", row);
        const std::string name = row.get("name");
        const std::string key = domain::search_key(name);
        values["id"] = std::to_string(counter);
        values["code"] = domain::CodeBook(connection_.installation().number_key).person(counter).str();
        values["audit"] = "0"; // the unit is vouched for with the next audit row
        values["salt"] = std::to_string(random_salt());
        values["name_key"] = domain::is_lower_case_of(key, name) ? std::nullopt : std::optional(key);
        (void)rows_.add("person", values);
        note_new(connection_, Unit::person, counter);
        for (const char* table : {"person_name", "person_contact"}) {
            std::map<std::string, int> n;
            for (const PacketRow& one : packet_.rows(table)) {
                Values beside = rows_.taken(table, one);
                beside["n"] = std::to_string(++n[one.get("kind")]);
                if (std::string_view(table) == "person_name")
                    beside["search_key"] = domain::search_key(one.get("full_name"));
                (void)rows_.add(table, beside);
            }
        }
        roles();
    }

    /// A role is a right, and nobody gets a right by a file: open ones end the day before, those begun later are left
    /// out.
    void roles() {
        const std::string yesterday = to_text(add_days(how_.today, -1));
        for (const PacketRow& row : packet_.rows("membership")) {
            Values values = rows_.taken("membership", row);
            const std::string last = row.get("last_day");
            if (last.empty() || last > yesterday) {
                ++received_.roles_ended;
                if (row.get("first_day") > yesterday)
                    continue;
                values["last_day"] = yesterday;
            }
            (void)rows_.add("membership", values);
        }
    }

    bool same_sessions(CohortId cohort, const std::vector<const PacketRow*>& sessions) {
        const auto here = Cohorts(connection_).sessions(cohort);
        if (here.size() != sessions.size())
            return false;
        for (const PacketRow* row : sessions) {
            const auto found = std::find_if(here.begin(), here.end(), [&](const domain::Session& session) {
                return std::to_string(session.number) == row->get("number") &&
                       to_text(session.held_on) == row->get("held_on") &&
                       std::to_string(session.length.count()) == row->get("minutes") &&
                       session.unit == row->get("unit");
            });
            if (found == here.end())
                return false;
            rows_.remember("session", *row, found->id.value());
        }
        return true;
    }

    /// The same cohort may be here already, by the packet of somebody else who was in it.
    void cohorts() {
        Cohorts all(connection_);
        for (const PacketRow& row : packet_.rows("cohort")) {
            std::vector<const PacketRow*> sessions;
            for (const PacketRow& session : packet_.rows("session"))
                if (session.get("cohort") == row.get("id"))
                    sessions.push_back(&session);
            const std::string there = row.get("code");
            std::string code = there;
            std::int64_t id = 0;
            Values values = rows_.taken("cohort", row);
            const std::int64_t organization =
                values.at("organization") ? rows_.key_of("organization", row.get("organization")) : 0;
            for (int again = 2; id == 0; ++again) {
                const auto found = all.find(code);
                if (!found)
                    break;
                if (found->curriculum == row.get("curriculum") && found->edition == row.get("edition") &&
                    found->course == row.get("course") && found->format == row.get("format") &&
                    found->organization.value() == organization && same_sessions(found->id, sessions))
                    id = found->id.value();
                else
                    code = there + "-" + std::to_string(again);
            }
            if (code != there)
                received_.cohorts.push_back({there, code});
            if (id == 0) {
                values["code"] = code;
                values["audit"] = "0";
                id = rows_.add("cohort", values);
                note_new(connection_, Unit::cohort, id);
                rows_.remember("cohort", row, id);
                for (const PacketRow* session : sessions) {
                    Values meeting = rows_.taken("session", *session);
                    meeting["audit"] = "0";
                    const std::int64_t key = rows_.add("session", meeting);
                    note_new(connection_, Unit::session, key);
                    rows_.remember("session", *session, key);
                }
            }
            rows_.remember("cohort", row, id);
        }
    }

    void leader(const PacketRow& row) {
        Values values = rows_.taken("session_leader", row);
        note_change(connection_, Unit::session, rows_.key_of("session", row.get("session")));
        (void)rows_.add("session_leader", values);
    }

    void came_from() {
        std::int64_t n = 0;
        for (const PacketRow& row : packet_.rows("packet")) {
            Values values = rows_.taken("packet", row);
            values["n"] = std::to_string(++n);
            (void)rows_.add("packet", values);
        }
        PacketRow now;
        const auto set = [&now](const char* name, std::string text) {
            now.fields.emplace_back(name, domain::PacketValue{std::move(text), false});
        };
        set("digest", how_.digest);
        set("installation", packet_.installation);
        set("code", packet_.rows("person").front().get("code"));
        set("recorded_at", connection_.now_text());
        Values values = rows_.taken("packet", now);
        values["n"] = std::to_string(++n);
        (void)rows_.add("packet", values);
    }

    /// What was recorded one after the other is recorded so again, and a decision stands between audit rows of its own:
    /// so it is judged again by exactly what was on record before it.
    void in_their_order() {
        struct Line {
            std::int64_t step;
            std::size_t part;
            const PacketRow* row;
        };
        std::vector<Line> lines;
        std::set<std::int64_t> alone;
        const auto& parts = packet_parts();
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (!parts[i].stepped)
                continue;
            const std::string_view table = parts[i].table.text();
            for (const PacketRow& row : packet_.rows(table)) {
                lines.push_back({packet_number(row, "order"), i, &row});
                if (table == "decision" || is_of_the_person(table))
                    alone.insert(lines.back().step);
            }
        }
        std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
            return std::tie(a.step, a.part) < std::tie(b.step, b.part);
        });
        for (std::size_t i = 0; i < lines.size(); ++i) {
            step_row(parts[lines[i].part].table.text(), *lines[i].row);
            const bool last = i + 1 == lines.size();
            const bool changes = !last && lines[i + 1].step != lines[i].step;
            if (last || (changes && (alone.count(lines[i].step) != 0 || alone.count(lines[i + 1].step) != 0)))
                audited("packet.recorded");
        }
    }

    void step_row(std::string_view table, const PacketRow& row) {
        Values values = rows_.taken(table, row);
        if (table == "entry") {
            const std::int64_t key = next_entry();
            values["id"] = std::to_string(key);
            if (!values["provider"]->empty())
                values["provider"] = organization_here(*values["provider"]);
            if (row.get("signed_by") == "self")
                values["asserted_by"] = std::to_string(person_key());
            (void)rows_.add("entry", values);
            rows_.remember("entry", row, key);
            if (const std::string by = row.get("signed_by"); !by.empty() && by != "self") {
                Values signer{{"entry", std::to_string(key)},
                              {"code", by},
                              {"name", row.get("signed_by_name")},
                              {"audit", std::to_string(connection_.next_audit())}};
                (void)rows_.add("packet_signer", signer);
            }
        } else if (is_of_the_person(table)) {
            note_change(connection_, Unit::person, person_key());
            values["n"] = std::to_string(++counted_[std::string(table)]);
            (void)rows_.add(table, values);
        } else if (table == "credential") {
            credential(row, values);
        } else {
            if (table == "decision") {
                const auto map = [&](std::int64_t entry) { return rows_.key_of("entry", std::to_string(entry)); };
                values["finding"] = with_entry_numbers(values["finding"].value(), map);
                values["evidence"] = mapped_list(values["evidence"].value(), map);
            }
            if (stays_home(table, "n"))
                values["n"] = std::to_string(++counted_[std::string(table)]);
            const std::int64_t key = rows_.add(table, values);
            if (key != 0)
                rows_.remember(table, row, key);
        }
    }

    /// A number belongs to the installation that made it: here there is a new one, and the old one is kept beside it.
    void credential(const PacketRow& row, Values& values) {
        const domain::CredentialNumber fresh = Numbers(connection_).next_credential();
        const std::int64_t key = domain::CodeBook(connection_.installation().number_key).counter(fresh);
        values["id"] = std::to_string(key);
        values["number"] = fresh.str();
        (void)rows_.add("credential", values);
        rows_.remember("credential", row, key);
        std::int64_t n = 0;
        const auto known_as = [&](const std::string& number_there) {
            Values number{{"credential", std::to_string(key)},
                          {"n", std::to_string(++n)},
                          {"number", number_there},
                          {"audit", std::to_string(connection_.next_audit())}};
            (void)rows_.add("packet_number", number);
        };
        for (const PacketRow& before : packet_.rows("packet_number"))
            if (before.get("credential") == row.get("id"))
                known_as(before.get("number"));
        known_as(row.get("number"));
        received_.numbers.push_back({row.get("number"), fresh.str()});
    }

    std::int64_t next_entry() {
        if (newest_entry_ == 0) {
            constexpr FixedSql newest = "select coalesce(max(id), 0) from entry";
            if (connection_.backend() == Backend::postgresql) {
                PostgresStatement row(connection_, newest.text());
                newest_entry_ = row.next() ? row.integer(0) : 0;
            } else {
                SqliteStatement row(connection_, newest.text());
                newest_entry_ = row.next() ? row.integer(0) : 0;
            }
        }
        return ++newest_entry_;
    }

    Connection& connection_;
    const Packet& packet_;
    const Packets::Receiving& how_;
    Packets::Received received_;
    PacketRows rows_;
    std::int64_t newest_entry_{0};
    std::map<std::string, int, std::less<>> counted_; ///< rows so far, by table
};

} // namespace

Packets::Received Packets::receive(const Packet& packet, const Receiving& how) {
    return Receiver(connection_, packet, how).run();
}

} // namespace peercert::storage
