#include "plugin_host/elf_file.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <type_traits>
#include <vector>

#include <elf.h>

#include <peercert/error.hpp>
#include <peercert/plugin.hpp>

namespace peercert::plugin_host {

namespace {

#if defined(__x86_64__)
constexpr Elf64_Half this_machine = EM_X86_64;
#elif defined(__aarch64__)
constexpr Elf64_Half this_machine = EM_AARCH64;
#elif defined(__riscv)
constexpr Elf64_Half this_machine = EM_RISCV;
#elif defined(__powerpc64__)
constexpr Elf64_Half this_machine = EM_PPC64;
#else
#error "name this machine's ELF number here"
#endif

constexpr unsigned char this_byte_order = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? ELFDATA2LSB : ELFDATA2MSB;

using Bytes = std::span<const std::byte>;

/// Every read is checked against the end of the file.
class ElfFile {
public:
    ElfFile(Bytes file, const std::string& where) : file_(file), where_(where) {
        head();
        segments();
        sections();
    }

    /// The bytes of an exported object, as far as the file holds them after its address.
    Bytes object(std::string_view symbol) const {
        for (const Elf64_Shdr& section : sections_)
            if (section.sh_type == SHT_DYNSYM)
                if (const Bytes found = object_in(section, symbol); !found.empty())
                    return found;
        refuse_other("is a shared library, but no peercert plugin (it exports no " + std::string(symbol) + ")");
    }

private:
    [[noreturn]] void refuse(const std::string& what) const { throw DamagedFile(where_ + ": " + what); }
    /// Whole, and something else than a plugin for this machine.
    [[noreturn]] void refuse_other(const std::string& what) const {
        throw Error(ErrorCode::plugin_failure, where_ + ": " + what);
    }

    Bytes part(std::uint64_t from, std::uint64_t size, const char* what) const {
        if (from > file_.size() || size > file_.size() - from)
            refuse(std::string("is cut short: its ") + what + " lies beyond the end of the file");
        return file_.subspan(from, size);
    }

    template <class T>
    T read(std::uint64_t from, const char* what) const {
        static_assert(std::is_trivially_copyable_v<T>);
        T value;
        std::memcpy(&value, part(from, sizeof value, what).data(), sizeof value);
        return value;
    }

    template <class T>
    std::vector<T> table(std::uint64_t from, std::uint64_t count, std::uint64_t entry_size, const char* what) const {
        if (count != 0 && entry_size != sizeof(T))
            refuse(std::string("is damaged: its ") + what + " has entries of an odd size");
        const Bytes raw = part(from, count * sizeof(T), what);
        std::vector<T> all(count);
        if (count != 0)
            std::memcpy(all.data(), raw.data(), raw.size());
        return all;
    }

    void head() {
        if (file_.size() < SELFMAG || std::memcmp(file_.data(), ELFMAG, SELFMAG) != 0)
            refuse("is no shared library");
        head_ = read<Elf64_Ehdr>(0, "header");
        if (head_.e_ident[EI_CLASS] != ELFCLASS64 || head_.e_ident[EI_DATA] != this_byte_order ||
            head_.e_machine != this_machine)
            refuse_other("was built for another kind of machine (ELF machine " + std::to_string(head_.e_machine) +
                         ", this one is " + std::to_string(this_machine) + ", 64 bit)");
        if (head_.e_type != ET_DYN)
            refuse_other("is an ELF file, but no shared library");
    }

    void segments() {
        segments_ = table<Elf64_Phdr>(head_.e_phoff, head_.e_phnum, head_.e_phentsize, "table of segments");
        for (const Elf64_Phdr& segment : segments_) {
            if (segment.p_type == PT_INTERP)
                refuse_other("is a program, not a plugin");
            part(segment.p_offset, segment.p_filesz, "segment");
        }
        if (segments_.empty())
            refuse("is damaged: it has no segments");
    }

    void sections() {
        sections_ = table<Elf64_Shdr>(head_.e_shoff, head_.e_shnum, head_.e_shentsize, "table of sections");
        for (const Elf64_Shdr& section : sections_)
            if (section.sh_type != SHT_NOBITS && section.sh_type != SHT_NULL)
                part(section.sh_offset, section.sh_size, "section");
    }

    Bytes object_in(const Elf64_Shdr& symbols, std::string_view wanted) const {
        if (symbols.sh_link >= sections_.size())
            refuse("is damaged: its symbols have no names");
        const Elf64_Shdr& names = sections_[symbols.sh_link];
        for (const Elf64_Sym& symbol : table<Elf64_Sym>(symbols.sh_offset, symbols.sh_size / sizeof(Elf64_Sym),
                                                        symbols.sh_entsize, "table of symbols")) {
            if (symbol.st_shndx == SHN_UNDEF || ELF64_ST_TYPE(symbol.st_info) != STT_OBJECT ||
                symbol.st_name >= names.sh_size)
                continue;
            const Bytes left =
                part(names.sh_offset + symbol.st_name, names.sh_size - symbol.st_name, "name of a symbol");
            if (left.size() > wanted.size() && left[wanted.size()] == std::byte{0} &&
                std::memcmp(left.data(), wanted.data(), wanted.size()) == 0)
                return at_address(symbol.st_value);
        }
        return {};
    }

    Bytes at_address(std::uint64_t address) const {
        for (const Elf64_Phdr& segment : segments_)
            if (segment.p_type == PT_LOAD && address >= segment.p_vaddr &&
                address - segment.p_vaddr < segment.p_filesz) {
                const std::uint64_t into = address - segment.p_vaddr;
                return part(segment.p_offset + into, segment.p_filesz - into, "manifest");
            }
        refuse("is damaged: its manifest lies in no segment of the file");
    }

    Bytes file_;
    const std::string& where_;
    Elf64_Ehdr head_{};
    std::vector<Elf64_Phdr> segments_;
    std::vector<Elf64_Shdr> sections_;
};

[[noreturn]] void refuse(const std::string& where, const std::string& what) {
    throw Error(ErrorCode::plugin_failure, where + ": " + what);
}

/// Foreign text for a message: only what prints, and not without end.
std::string shown(std::string_view text) {
    std::string clean;
    for (const char c : text.substr(0, 120))
        clean += c >= ' ' && c <= '~' ? c : '?';
    return clean;
}

template <std::size_t Size>
std::string text_of(const char (&field)[Size], const char* name, const std::string& where) {
    const char* end = std::find(field, field + Size, '\0');
    if (end == field + Size)
        refuse(where, std::string("the manifest's ") + name + " has no end");
    if (std::any_of(field, end, [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; }))
        refuse(where, std::string("the manifest's ") + name + " holds control characters");
    return {field, end};
}

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

void ask_texts(const Manifest& manifest, const std::string& where) {
    const auto& id = manifest.id;
    if (id.empty() || !is_lower(id.front()) ||
        !std::all_of(id.begin(), id.end(), [](char c) { return is_lower(c) || is_digit(c) || c == '_'; }))
        refuse(where, "its id is \"" + shown(id) +
                          "\"; an id is a lower-case letter, then lower-case letters, digits and underscores");
    if (manifest.version.empty() || manifest.summary.empty())
        refuse(where, "its manifest lacks a version or a summary");
    // Letters and blanks of UTF-8 pass in a summary; a version and an ABI tag are plain.
    for (const std::string* plain : {&manifest.version, &manifest.abi_tag})
        if (*plain != shown(*plain))
            refuse(where, "its manifest's version or ABI tag is not plain text");
}

} // namespace

Manifest judge_manifest(Bytes raw, const std::string& where) {
    PeercertManifest plain{};
    constexpr std::size_t prefix = offsetof(PeercertManifest, abi_tag);
    if (raw.size() < prefix)
        refuse(where, "its manifest is cut short");
    std::memcpy(&plain, raw.data(), prefix);
    if (std::memcmp(plain.magic, PEERCERT_MAGIC, sizeof plain.magic) != 0)
        refuse(where, "its manifest is not one of peercert's");
    const auto version = [](std::uint16_t major, std::uint16_t minor) {
        return std::to_string(major) + "." + std::to_string(minor);
    };
    if (plain.sdk_major != sdk_major || plain.sdk_minor > sdk_minor)
        refuse(where, "was built for SDK " + version(plain.sdk_major, plain.sdk_minor) + ", this peercert offers SDK " +
                          version(sdk_major, sdk_minor) +
                          (plain.sdk_major < sdk_major ? "; build the plugin again" : "; it needs a newer peercert"));
    if (plain.size != sizeof plain || raw.size() < sizeof plain)
        refuse(where, "its manifest has " + std::to_string(plain.size) + " bytes, this peercert knows one of " +
                          std::to_string(sizeof plain));
    std::memcpy(&plain, raw.data(), sizeof plain);

    Manifest manifest;
    manifest.sdk_major = plain.sdk_major;
    manifest.sdk_minor = plain.sdk_minor;
    manifest.abi_tag = text_of(plain.abi_tag, "ABI tag", where);
    if (manifest.abi_tag != PEERCERT_ABI_TAG)
        refuse(where, "was built with \"" + shown(manifest.abi_tag) +
                          "\", this peercert with \"" PEERCERT_ABI_TAG
                          "\"; build the plugin with the same compiler and flags");
    manifest.id = text_of(plain.id, "id", where);
    manifest.version = text_of(plain.version, "version", where);
    manifest.summary = text_of(plain.summary, "summary", where);
    ask_texts(manifest, where);
    return manifest;
}

Manifest read_manifest(Bytes file, const std::string& where) {
    return judge_manifest(ElfFile(file, where).object("peercert_manifest"), where);
}

} // namespace peercert::plugin_host
