#include "services/bundle_file.hpp"

#include <algorithm>
#include <charconv>

#include <peercert/error.hpp>

#include "trust/signature.hpp"

namespace peercert::services {

namespace {

constexpr std::string_view first_line = "peercert bundle 1";
constexpr std::size_t most_bytes = 16U * 1024 * 1024;

[[noreturn]] void refuse(std::size_t line, const std::string& what) {
    throw Error(ErrorCode::invalid_input, "line " + std::to_string(line) + " of the bundle: " + what);
}

/// Line by line, with its fields, and where it begins and ends in the bytes.
class Lines {
public:
    explicit Lines(std::string_view bytes) : bytes_(bytes) {
        if (bytes.size() > most_bytes)
            throw Error(ErrorCode::invalid_input, "a bundle has at most 16 MiB");
    }
    bool next() {
        if (end_ == bytes_.size())
            return false;
        begin_ = end_;
        const std::size_t newline = bytes_.find('\n', begin_);
        if (newline == std::string_view::npos)
            refuse(number_ + 1, "is not complete; the file was cut off");
        end_ = newline + 1;
        ++number_;
        fields_.clear();
        std::string_view rest = bytes_.substr(begin_, newline - begin_);
        for (;;) {
            const std::size_t tab = rest.find('\t');
            fields_.push_back(rest.substr(0, tab));
            if (tab == std::string_view::npos)
                return true;
            rest.remove_prefix(tab + 1);
        }
    }
    std::size_t number() const { return number_; }
    std::string_view kind() const { return fields_.front(); }
    std::string_view before() const { return bytes_.substr(0, begin_); } ///< all bytes before this line
    /// The line without its last field and the tab before that.
    std::string_view without_last() const {
        return bytes_.substr(begin_, end_ - 1 - begin_ - fields_.back().size() - 1);
    }
    void expect(std::string_view kind, std::size_t fields) const {
        if (fields_.front() != kind || fields_.size() != fields + 1)
            refuse(number_, "is no line \"" + std::string(kind) + "\" as it should be");
    }
    std::string_view text(std::size_t at) const { return fields_[at]; }
    int number_at(std::size_t at, int most) const {
        int value = 0;
        const std::string_view field = fields_[at];
        const auto read = std::from_chars(field.data(), field.data() + field.size(), value);
        if (read.ec != std::errc{} || read.ptr != field.data() + field.size() || value < 0 || value > most)
            refuse(number_, "holds a number that cannot be meant");
        return value;
    }
    domain::PersonCode person(std::size_t at) const {
        const auto code = domain::PersonCode::parse(fields_[at]);
        if (!code)
            refuse(number_, "names nobody's code");
        return *code;
    }
    domain::Instant instant(std::size_t at) const {
        const auto instant = domain::parse_instant(fields_[at]);
        if (!instant)
            refuse(number_, "holds a time that does not exist");
        return *instant;
    }

private:
    std::string_view bytes_;
    std::size_t begin_{0};
    std::size_t end_{0};
    std::size_t number_{0};
    std::vector<std::string_view> fields_;
};

constexpr int most_sessions = 1000;
constexpr int minutes_of_a_day = 24 * 60;

std::string head_of(const BundleFile& file) {
    std::string text(first_line);
    text += "\nbundle\t" + file.id;
    text += "\ncohort\t" + file.cohort + "\t" + file.title;
    text += "\ntaken\t" + domain::to_text(file.taken);
    for (const domain::Session& one : file.sessions)
        text += "\nsession\t" + std::to_string(one.number) + "\t" + to_text(one.held_on) + "\t" +
                std::to_string(one.length.count()) + "\t" + one.unit;
    for (const BundleFile::Person& one : file.people)
        text += "\nperson\t" + one.code.str() + "\t" + one.name + "\t" + std::string(domain::to_text(one.state));
    for (const BundleFile::Had& one : file.had)
        text += "\nhad\t" + std::to_string(one.session) + "\t" + one.person.str() + "\t" +
                std::to_string(one.minutes.count());
    return text + "\n";
}

std::string line_of(const BundleFile::Attended& one) {
    return "attended\t" + std::to_string(one.n) + "\t" + std::to_string(one.session) + "\t" + one.person.str() + "\t" +
           std::to_string(one.minutes.count()) + "\t" + domain::to_text(one.claimed);
}

/// What the signature of a line covers: the file's name, the signature before it, and the line.
std::string signed_part(const std::string& id, std::string_view before, std::string_view line) {
    return id + "\n" + std::string(before) + "\n" + std::string(line);
}

struct Read {
    BundleFile file;
    std::string key;  ///< as text
    std::string last; ///< the newest signature
};

Read read(std::string_view bytes, std::optional<std::string_view> expected) {
    Lines lines(bytes);
    if (!lines.next() || lines.kind() != first_line)
        throw Error(ErrorCode::invalid_input, "this is no bundle of a cohort, or one of another version");
    Read read;
    BundleFile& file = read.file;
    const auto next = [&](std::string_view kind, std::size_t fields) {
        if (!lines.next())
            throw Error(ErrorCode::invalid_input, "the bundle ends too early; it was cut off");
        lines.expect(kind, fields);
    };
    next("bundle", 1);
    file.id = std::string(lines.text(1));
    next("cohort", 2);
    file.cohort = std::string(lines.text(1));
    file.title = std::string(lines.text(2));
    next("taken", 1);
    file.taken = lines.instant(1);
    for (;;) {
        if (!lines.next())
            throw Error(ErrorCode::invalid_input, "the bundle ends too early; it was cut off");
        if (lines.kind() == "session") {
            lines.expect("session", 4);
            domain::Session session;
            session.number = lines.number_at(1, most_sessions);
            const auto day = parse_date(lines.text(2));
            if (!day)
                refuse(lines.number(), "holds a day that does not exist");
            session.held_on = *day;
            session.length = Minutes{lines.number_at(3, minutes_of_a_day)};
            session.unit = std::string(lines.text(4));
            file.sessions.push_back(std::move(session));
        } else if (lines.kind() == "person") {
            lines.expect("person", 3);
            const auto state = domain::parse_enrolment_state(lines.text(3));
            if (!state)
                refuse(lines.number(), "holds a state that nobody knows");
            file.people.push_back({lines.person(1), std::string(lines.text(2)), *state});
        } else if (lines.kind() == "had") {
            lines.expect("had", 3);
            file.had.push_back(
                {lines.number_at(1, most_sessions), lines.person(2), Minutes{lines.number_at(3, minutes_of_a_day)}});
        } else
            break;
    }
    lines.expect("signed", 1);
    const std::string_view head = lines.before();
    const std::size_t signed_line = lines.number();
    read.last = std::string(lines.text(1));
    next("key", 1);
    read.key = std::string(lines.text(1));
    std::string public_key;
    if (expected)
        public_key = std::string(*expected);
    else if (const auto key = trust::SecretKey::parse(read.key))
        public_key = key->public_key();
    if (!trust::verified(head, read.last, public_key))
        refuse(signed_line, "the signature does not fit what stands above it; the file was changed or damaged");
    while (lines.next()) {
        lines.expect("attended", 6);
        const BundleFile::Attended one{lines.number_at(1, 10'000'000), lines.number_at(2, most_sessions),
                                       lines.person(3), Minutes{lines.number_at(4, minutes_of_a_day)},
                                       lines.instant(5)};
        if (!trust::verified(signed_part(file.id, read.last, lines.without_last()), lines.text(6), public_key))
            refuse(lines.number(), "its signature does not fit; a line was changed, left out or moved");
        if (one.n != static_cast<int>(file.attended.size()) + 1)
            refuse(lines.number(), "lines are numbered 1, 2, 3 without a gap");
        file.attended.push_back(one);
        read.last = std::string(lines.text(6));
    }
    return read;
}

} // namespace

std::optional<Minutes> BundleFile::minutes(int session, domain::PersonCode person) const {
    for (auto one = attended.rbegin(); one != attended.rend(); ++one)
        if (one->session == session && one->person == person)
            return one->minutes;
    for (const Had& one : had)
        if (one.session == session && one.person == person)
            return one.minutes;
    return std::nullopt;
}

std::string new_bundle(const BundleFile& file, std::string& public_key) {
    const trust::SecretKey key = trust::SecretKey::make();
    public_key = key.public_key();
    std::string text = head_of(file);
    const std::string signature = key.sign(text);
    return text + "signed\t" + signature + "\nkey\t" + key.text() + "\n";
}

BundleFile read_bundle(std::string_view bytes) { return read(bytes, std::nullopt).file; }
BundleFile read_bundle(std::string_view bytes, std::string_view public_key) { return read(bytes, public_key).file; }

std::string bundle_id(std::string_view bytes) {
    Lines lines(bytes);
    if (!lines.next() || lines.kind() != first_line || !lines.next())
        throw Error(ErrorCode::invalid_input, "this is no bundle of a cohort, or one of another version");
    lines.expect("bundle", 1);
    return std::string(lines.text(1));
}

std::string with_attended(std::string_view bytes, const BundleFile::Attended& asked) {
    Read now = read(bytes, std::nullopt);
    BundleFile::Attended attended = asked;
    attended.n = static_cast<int>(now.file.attended.size()) + 1;
    const auto& sessions = now.file.sessions;
    const auto session =
        std::find_if(sessions.begin(), sessions.end(), [&](const auto& one) { return one.number == attended.session; });
    if (session == sessions.end())
        throw Error(ErrorCode::invalid_input, now.file.cohort + " has no session " + std::to_string(attended.session) +
                                                  "; it has " + std::to_string(sessions.size()));
    if (attended.minutes > session->length)
        throw Error(ErrorCode::invalid_input, "session " + std::to_string(attended.session) + " is " +
                                                  std::to_string(session->length.count()) + " minutes long");
    if (std::none_of(now.file.people.begin(), now.file.people.end(),
                     [&](const auto& one) { return one.code == attended.person; }))
        throw Error(ErrorCode::invalid_input, attended.person.str() + " has no place in this cohort");
    const auto key = trust::SecretKey::parse(now.key);
    const std::string line = line_of(attended);
    return std::string(bytes) + line + "\t" + key->sign(signed_part(now.file.id, now.last, line)) + "\n";
}

} // namespace peercert::services
