#pragma once

#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <peercert/kinds.hpp>
#include <peercert/plugin.hpp>

/// For testing a plugin with no server and no database: records built in a line, and the plugin's file loaded with the
/// checks of the real host.
namespace peercert::testkit {

/// "2024-02-29"; a text that is no day throws std::invalid_argument.
PEERCERT_EXPORT Date day(std::string_view text);

/// Builds a Record entry by entry. Each entry gets the next number as its id, from 1; the record comes out sorted as
/// rules meet it. Words are interned into the vocabulary given.
///
///     Vocabulary words;
///     const Record record = RecordBuilder(words).on("2024-05-01").attended("toolbox", 120)
///                               .on("2024-05-08").attended("daily-plan", 90).born("1980-02-29");
class PEERCERT_EXPORT RecordBuilder {
public:
    explicit RecordBuilder(Vocabulary& words);
    ~RecordBuilder();

    RecordBuilder& born(std::string_view text);
    /// The day of the entries that follow; `until` for those that span several.
    RecordBuilder& on(std::string_view first, std::string_view until = {});

    RecordBuilder& attended(std::string_view unit, int minutes);
    RecordBuilder& trained(std::string_view course, int minutes = 0);
    RecordBuilder& continued(int minutes, std::initializer_list<std::string_view> topics);
    RecordBuilder& practised(int minutes);
    RecordBuilder& stated(std::string_view statement);
    RecordBuilder& passed(std::string_view part, int hundredths = 0);
    RecordBuilder& shown(std::string_view competency);
    /// Any other entry; day and id are filled in.
    RecordBuilder& add(Entry entry);

    // These say more about the entry added last.
    RecordBuilder& tagged(std::initializer_list<std::string_view> words);
    RecordBuilder& with(EntryResult result);
    /// Vouched for by somebody who held this role from..until ("" for an open end).
    RecordBuilder& by(std::string_view authority, std::string_view held_from = {}, std::string_view held_until = {});

    /// A credential held: one term at one level.
    RecordBuilder& holding(std::string_view track, std::string_view level, std::string_view from,
                           std::string_view until = {});

    operator Record() const;

private:
    Entry& last();
    Vocabulary& words_;
    Record record_;
    Date first_{}, last_{};
};

/// A plugin's file, loaded as the host loads it, except for the allow-list, owner and mode of a plugin folder. Throws
/// Error{plugin_failure} with the sentence the host would stop with.
class PEERCERT_EXPORT LoadedFile {
public:
    explicit LoadedFile(const std::filesystem::path& file);
    ~LoadedFile();
    LoadedFile(const LoadedFile&) = delete;
    LoadedFile& operator=(const LoadedFile&) = delete;

    const std::string& id() const;
    const std::string& version() const;
    /// Guarded as in the host: a kind that throws answers "open", never an exception.
    const Kinds& kinds() const;
    const std::vector<std::string>& folders() const;
    /// What went wrong in calls so far, one line each.
    const std::vector<std::string>& failures() const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace peercert::testkit
