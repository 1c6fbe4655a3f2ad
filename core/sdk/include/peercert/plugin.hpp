#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <boost/dll/alias.hpp>

#include <peercert/date.hpp>
#include <peercert/export.hpp>
#include <peercert/finding.hpp>
#include <peercert/parameters.hpp>
#include <peercert/record.hpp>

/// What a plugin writes against. A plugin runs in the host's process and is as trusted as the host itself; it sees
/// dated facts (Record), never a name, a database, a file, a thread or a clock.
namespace peercert {

/// The version of this interface. The major number changes when an old plugin can no longer work, the minor one when
/// something was added. It moves when the SDK changes, not when peercert is released.
inline constexpr std::uint16_t sdk_major = 1;
inline constexpr std::uint16_t sdk_minor = 1;

/// What a judge may ask of a kind beyond the record: words as text, and the day.
struct JudgingDay {
    Date as_of{};
    const Vocabulary& words;
};

/// A requirement that data cannot say. Const, without state of its own, callable from several threads at once.
class PEERCERT_EXPORT RequirementKind {
public:
    virtual ~RequirementKind();
    virtual std::string_view name() const = 0; ///< "wrap:components"; the part before the colon is the plugin's id
    /// One line for authors of files: what it asks and which parameters it takes.
    virtual std::string_view help() const { return {}; }
    /// Parameters as a file might give them; `peercert plugin check` tries the kind with these.
    virtual Parameters example() const { return {}; }
    /// Refuses bad parameters when a file is loaded: throws Error{invalid_input} with the place.
    virtual void check(const Parameters&) const = 0;
    /// Fills verdict, have/need, used, refused, next; the host adds clause and source. Throwing means "cannot judge".
    virtual Finding evaluate(const Record&, const Parameters&, const JudgingDay&) const = 0;
};

/// What a clock is asked: the days it may hang on. Absent days are not known.
struct TermQuestion {
    Date issued{};               ///< first day of the term
    std::optional<Date> passing; ///< last exam part passed
    std::optional<Date> born;
    std::optional<Date> previous_last; ///< last day of the term before; absent for the first
    std::optional<Date> first_issued;
};

/// A way of finding a term's last day. Const, stateless, thread-safe.
class PEERCERT_EXPORT TermClock {
public:
    virtual ~TermClock();
    virtual std::string_view name() const = 0; ///< "state_tracks:parity"
    virtual std::string_view help() const { return {}; }
    virtual Parameters example() const { return {}; }
    virtual void check(const Parameters&) const = 0;
    /// The last day of the term (inclusive). Throws Error{invalid_input} naming the day it lacks.
    virtual Date last_day(const TermQuestion&, const Parameters&) const = 0;
};

/// Where a plugin puts what it brings. Names are unique across plugins; a second one of the same name is refused.
class PEERCERT_EXPORT Registry {
public:
    virtual ~Registry();
    virtual void add_kind(std::unique_ptr<RequirementKind>) = 0;
    virtual void add_clock(std::unique_ptr<TermClock>) = 0;
    /// Names a folder below the installation's curricula directory whose files this plugin answers for ("wrap").
    /// A name, not a path: the host resolves it.
    virtual void add_curricula(std::string_view folder) = 0;
};

class PEERCERT_EXPORT Plugin {
public:
    virtual ~Plugin();
    virtual void contribute(Registry&) const = 0;
};

} // namespace peercert

extern "C" {
/// Plain data without a pointer: the host reads it out of the file, before any code of the plugin runs, whatever else
/// about the plugin differs. Texts end with NUL.
struct PeercertManifest {
    char magic[8];      ///< PEERCERT_MAGIC
    std::uint32_t size; ///< of this struct
    std::uint16_t sdk_major, sdk_minor;
    char abi_tag[112]; ///< compiler, library, C++ ABI, language version, debug mode, sanitizers
    char id[32];       ///< "wrap": a lower-case letter, then lower-case letters, digits, underscores
    char version[32];  ///< "1.2.0"
    char summary[160]; ///< one line for people
};
}

#define PEERCERT_MAGIC "PEERCRT"
#define PEERCERT_STRING_OF_(x) #x
#define PEERCERT_STRING_OF(x) PEERCERT_STRING_OF_(x)
#if defined(__clang__)
#define PEERCERT_ABI_COMPILER "clang" PEERCERT_STRING_OF(__clang_major__)
#define PEERCERT_HAS_FEATURE(x) __has_feature(x)
#else
#define PEERCERT_ABI_COMPILER "g++" PEERCERT_STRING_OF(__GNUC__)
#define PEERCERT_HAS_FEATURE(x) 0
#endif
#if defined(_GLIBCXX_DEBUG)
#define PEERCERT_ABI_DEBUG "-debug"
#else
#define PEERCERT_ABI_DEBUG ""
#endif
#if defined(__SANITIZE_ADDRESS__) || PEERCERT_HAS_FEATURE(address_sanitizer)
#define PEERCERT_ABI_SANITIZER "-asan"
#elif defined(__SANITIZE_THREAD__) || PEERCERT_HAS_FEATURE(thread_sanitizer)
#define PEERCERT_ABI_SANITIZER "-tsan"
#else
#define PEERCERT_ABI_SANITIZER ""
#endif
/// The tag of the translation unit that asks: equal tags mean that objects may cross the boundary.
#define PEERCERT_ABI_TAG                                                                                                 \
    PEERCERT_ABI_COMPILER "-libstdc++" PEERCERT_STRING_OF(_GLIBCXX_RELEASE) "-abi" PEERCERT_STRING_OF(                   \
        __GXX_ABI_VERSION) "-cxx11abi" PEERCERT_STRING_OF(_GLIBCXX_USE_CXX11_ABI) "-c++" PEERCERT_STRING_OF(__cplusplus) \
        PEERCERT_ABI_DEBUG PEERCERT_ABI_SANITIZER

/// Once in each plugin: its class, id, version and one line about it.
#define PEERCERT_PLUGIN(Class, plugin_id, plugin_version, plugin_summary)                                              \
    extern "C" {                                                                                                       \
    PEERCERT_EXPORT extern const PeercertManifest peercert_manifest;                                                   \
    }                                                                                                                  \
    const PeercertManifest peercert_manifest = {                                                                       \
        PEERCERT_MAGIC, sizeof(PeercertManifest), ::peercert::sdk_major, ::peercert::sdk_minor, PEERCERT_ABI_TAG,      \
        plugin_id,      plugin_version,           plugin_summary};                                                     \
    namespace {                                                                                                        \
    std::unique_ptr<::peercert::Plugin> peercert_make_plugin() { return std::make_unique<Class>(); }                   \
    }                                                                                                                  \
    BOOST_DLL_ALIAS(peercert_make_plugin, peercert_plugin)
