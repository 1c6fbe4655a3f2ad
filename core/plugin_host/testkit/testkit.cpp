#include <peercert/testkit.hpp>

#include <algorithm>
#include <stdexcept>

#include "plugin_host/loaded_plugin.hpp"

namespace peercert::testkit {

Date day(std::string_view text) {
    if (const auto found = parse_date(text))
        return *found;
    throw std::invalid_argument("\"" + std::string(text) + "\" is no day");
}

RecordBuilder::RecordBuilder(Vocabulary& words) : words_(words) {}
RecordBuilder::~RecordBuilder() = default;

RecordBuilder& RecordBuilder::born(std::string_view text) {
    record_.born = day(text);
    return *this;
}

RecordBuilder& RecordBuilder::on(std::string_view first, std::string_view until) {
    first_ = day(first);
    last_ = until.empty() ? first_ : day(until);
    return *this;
}

RecordBuilder& RecordBuilder::add(Entry entry) {
    entry.id = EntryId{static_cast<std::int64_t>(record_.entries.size()) + 1};
    entry.first = first_;
    entry.last = last_;
    record_.entries.push_back(std::move(entry));
    return *this;
}

RecordBuilder& RecordBuilder::attended(std::string_view unit, int minutes) {
    return add({.kind = EntryKind::attendance, .amount = minutes, .code = words_.intern(unit)});
}

RecordBuilder& RecordBuilder::trained(std::string_view course, int minutes) {
    return add({.kind = EntryKind::training, .amount = minutes, .code = words_.intern(course)});
}

RecordBuilder& RecordBuilder::continued(int minutes, std::initializer_list<std::string_view> topics) {
    return add({.kind = EntryKind::ce, .amount = minutes}).tagged(topics);
}

RecordBuilder& RecordBuilder::practised(int minutes) { return add({.kind = EntryKind::practice, .amount = minutes}); }

RecordBuilder& RecordBuilder::stated(std::string_view statement) {
    return add({.kind = EntryKind::attestation, .code = words_.intern(statement)});
}

RecordBuilder& RecordBuilder::passed(std::string_view part, int hundredths) {
    return add(
        {.kind = EntryKind::exam, .result = EntryResult::passed, .amount = hundredths, .code = words_.intern(part)});
}

RecordBuilder& RecordBuilder::shown(std::string_view competency) {
    return add({.kind = EntryKind::sign_off, .result = EntryResult::shown, .code = words_.intern(competency)});
}

Entry& RecordBuilder::last() {
    if (record_.entries.empty())
        throw std::logic_error("there is no entry yet that this could be said of");
    return record_.entries.back();
}

RecordBuilder& RecordBuilder::tagged(std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words)
        last().tags.add(words_.intern(word));
    return *this;
}

RecordBuilder& RecordBuilder::with(EntryResult result) {
    last().result = result;
    return *this;
}

RecordBuilder& RecordBuilder::by(std::string_view authority, std::string_view held_from, std::string_view held_until) {
    last().authority = words_.intern(authority);
    if (!held_from.empty())
        last().authority_held.first = day(held_from);
    if (!held_until.empty())
        last().authority_held.last = day(held_until);
    return *this;
}

RecordBuilder& RecordBuilder::holding(std::string_view track, std::string_view level, std::string_view from,
                                      std::string_view until) {
    const Symbol code = words_.intern(track);
    auto& all = record_.holdings;
    auto held = std::find_if(all.begin(), all.end(), [&](const Holding& one) { return one.track == code; });
    if (held == all.end()) {
        all.push_back({.track = code});
        held = all.end() - 1;
    }
    held->terms.push_back({static_cast<int>(held->terms.size()) + 1, words_.intern(level), day(from),
                           until.empty() ? std::nullopt : std::optional(day(until))});
    return *this;
}

RecordBuilder::operator Record() const {
    Record sorted = record_;
    std::stable_sort(sorted.entries.begin(), sorted.entries.end(),
                     [](const Entry& a, const Entry& b) { return a.last < b.last; });
    return sorted;
}

struct LoadedFile::Inside {
    explicit Inside(const std::filesystem::path& file) : where(file.string()) {
        plugin_host::FileBytes read = plugin_host::read_any_file(file);
        const plugin_host::Manifest manifest = plugin_host::read_manifest(read.bytes, where);
        plugin = std::make_unique<plugin_host::LoadedPlugin>(
            std::move(read), manifest, where, plugin_host::CallLimits{},
            [this](const plugin_host::Event& event) { failures.push_back(event.call + ": " + event.what); });
        for (const auto& kind : plugin->kinds())
            kinds.add(*kind);
        for (const auto& clock : plugin->clocks())
            kinds.add(*clock);
    }

    std::string where;
    std::vector<std::string> failures;
    std::unique_ptr<plugin_host::LoadedPlugin> plugin;
    Kinds kinds;
};

LoadedFile::LoadedFile(const std::filesystem::path& file) : inside_(std::make_unique<Inside>(file)) {}
LoadedFile::~LoadedFile() = default;
const std::string& LoadedFile::id() const { return inside_->plugin->manifest().id; }
const std::string& LoadedFile::version() const { return inside_->plugin->manifest().version; }
const Kinds& LoadedFile::kinds() const { return inside_->kinds; }
const std::vector<std::string>& LoadedFile::folders() const { return inside_->plugin->folders(); }
const std::vector<std::string>& LoadedFile::failures() const { return inside_->failures; }

} // namespace peercert::testkit
