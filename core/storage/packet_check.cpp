#include "storage/packets.hpp"

#include <algorithm>
#include <charconv>

#include <peercert/date.hpp>
#include <peercert/error.hpp>

#include "domain/application.hpp"
#include "domain/cohort.hpp"
#include "domain/credential.hpp"
#include "domain/entry.hpp"
#include "domain/person.hpp"
#include "domain/text.hpp"
#include "storage/detail/packet_layout.hpp"
#include "storage/detail/timeline.hpp"

namespace peercert::storage {

namespace {

using domain::PacketRow;
using domain::PacketTable;
using domain::PacketValue;

bool one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_day_column(std::string_view name) {
    return one_of(name, {"born", "first_day", "last_day", "held_on", "day", "received_on", "decided_on",
                         "effective_day", "departed_on", "from_day", "name_from", "email_from", "phone_from",
                         "authority_first", "authority_last", "shown_until", "rated_on"});
}

bool is_number(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && std::to_string(value) == text;
}

/// Texts that are read by somebody else: an edition's file, a frozen finding, what a proposal says.
bool is_long(std::string_view name) { return one_of(name, {"body", "finding", "timeline", "engine"}); }

/// Whether it is a word of the closed list of that column; columns of other tables have none.
bool is_known_word(std::string_view table, std::string_view column, const std::string& word) {
    if (table == "entry" && column == "kind")
        return domain::parse_entry_kind(word).has_value();
    if (table == "entry" && column == "result")
        return domain::parse_entry_result(word).has_value();
    if (table == "entry" && column == "late_reason")
        return word.empty() || domain::parse_late_reason(word);
    if (table == "person_name" && column == "kind")
        return domain::parse_name_kind(word).has_value();
    if (table == "person_contact" && column == "kind")
        return domain::parse_contact_kind(word).has_value();
    if (table == "decision" && column == "outcome")
        return domain::parse_outcome(word).has_value();
    if (table == "enrolment_event" && column == "state")
        return domain::parse_enrolment_state(word).has_value();
    if (table == "credential_event" && column == "kind")
        return domain::parse_credential_event_kind(word).has_value();
    if (table == "term" && column == "place")
        return domain::parse_term_place(word).has_value();
    if (table == "term" && column == "shown_to")
        return domain::parse_register_access(word).has_value();
    return true;
}

class RowCheck {
public:
    RowCheck(const PacketTable& table, std::size_t row, domain::Instant now) : table_(table), row_(row), now_(now) {}

    void run() {
        for (const auto& [name, value] : table_.rows[row_].fields)
            field(name, value);
        const PacketRow& row = table_.rows[row_];
        for (const auto& [first, last] :
             {std::pair("first_day", "last_day"), std::pair("authority_first", "authority_last")})
            if (const std::string end = row.get(last); !end.empty() && end < row.get(first))
                refuse(last, "is before the first day");
        if (row.find("amount") != nullptr && row.get("amount").starts_with("-"))
            refuse("amount", "is less than nothing");
    }

private:
    [[noreturn]] void refuse(std::string_view column, std::string_view what) const {
        throw Error(ErrorCode::invalid_input, "the packet says something that cannot be: " + table_.name + " " +
                                                  std::to_string(row_ + 1) + ", " + std::string(column) + " " +
                                                  std::string(what));
    }

    void field(const std::string& name, const PacketValue& value) const {
        if (name == "order" || name == "signed_by" || name == "signed_by_name") {
            if (name == "order" && (!value.text || !is_number(*value.text)))
                refuse(name, "is no whole number");
            return plain(name, value.text.value_or(""));
        }
        const auto& columns = packet_columns(table_.name);
        const auto found =
            std::find_if(columns.begin(), columns.end(), [&](const PacketColumn& one) { return one.name == name; });
        if (found == columns.end() || stays_home(table_.name, name))
            refuse(name, "is nothing that a packet holds");
        if (!value.text) {
            if (!found->may_be_null)
                refuse(name, "is missing");
            return;
        }
        const std::string& text = *value.text;
        if (found->number != value.number || (value.number && !is_number(text)))
            return refuse(name, found->number ? "is no whole number" : "is no text");
        if (value.number)
            return;
        if (name == "recorded_at" || name == "created_at") {
            const auto instant = domain::parse_instant(text);
            if (!instant)
                refuse(name, "is no instant");
            if (*instant > now_)
                refuse(name, "is later than now; does the clock of this installation go right?");
        } else if (is_day_column(name)) {
            const bool may_be_empty = name.starts_with("authority_");
            if (!(may_be_empty && text.empty()) && !parse_date(text))
                refuse(name, "is no day");
        } else if (name == "timeline") {
            check_timeline(text);
        } else if (is_long(name)) {
            if (text.find('\0') != std::string::npos)
                refuse(name, "holds a NUL");
        } else if (!is_known_word(table_.name, name, text)) {
            refuse(name, "is no word that there is");
        } else {
            plain(name, text);
        }
    }

    void check_timeline(const std::string& text) const {
        try {
            (void)timeline_of(text);
        } catch (const Error&) {
            refuse("timeline", "cannot be read");
        }
    }

    void plain(const std::string& name, const std::string& text) const {
        constexpr std::size_t most = 4000; // evidence is a list of numbers; everything else is short
        try {
            if (domain::clean_text(text, {name, most, true}) != text)
                refuse(name, "is not written as it would be stored");
            if (table_.name == "person" && name == "email" && domain::clean_email(text) != text)
                refuse(name, "is no address");
        } catch (const Error& error) {
            if (std::string_view(error.what()).starts_with("the packet"))
                throw;
            refuse(name, "holds signs that are not stored");
        }
    }

    const PacketTable& table_;
    std::size_t row_;
    domain::Instant now_;
};

} // namespace

void Packets::check(const domain::Packet& packet, domain::Instant now) {
    const auto& parts = packet_parts();
    for (const PacketTable& table : packet.tables) {
        if (std::none_of(parts.begin(), parts.end(),
                         [&](const PacketPart& part) { return part.table.text() == table.name; }))
            throw Error(ErrorCode::invalid_input,
                        "the packet holds \"" + table.name.substr(0, 60) + "\", which is nothing that a packet holds");
        for (std::size_t i = 0; i < table.rows.size(); ++i)
            RowCheck(table, i, now).run();
    }
}

} // namespace peercert::storage
