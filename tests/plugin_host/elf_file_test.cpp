#include "plugin_host/elf_file.hpp"

#include <cstring>
#include <random>

#include <elf.h>
#include <gmock/gmock.h>

#include <peercert/error.hpp>
#include <peercert/plugin.hpp>

#include "plugin_host/plugin_folder.hpp"

namespace peercert::plugin_host {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

std::string refusal(const std::string& bytes) {
    try {
        const Manifest read = read_manifest(std::as_bytes(std::span(bytes)), "x.so");
        return "accepted as " + read.id;
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::plugin_failure);
        return error.what();
    }
}

class ElfFile : public testing::Test {
protected:
    std::string good = bytes_of(built("good"));

    template <class Field>
    std::string with(std::size_t at, Field value) const {
        std::string changed = good;
        std::memcpy(changed.data() + at, &value, sizeof value);
        return changed;
    }
    std::string with_manifest(std::size_t field, const std::string& text, std::size_t size) const {
        std::string changed = good;
        const std::size_t at = good.find(std::string(PEERCERT_MAGIC) + '\0');
        changed.replace(at + field, size, text + std::string(size - text.size(), '\0'));
        return changed;
    }
};

TEST_F(ElfFile, AWholePluginTellsItsManifestWithoutRunning) {
    const Manifest read = read_manifest(std::as_bytes(std::span(good)), "good.so");
    EXPECT_EQ(read.id, "good");
    EXPECT_EQ(read.version, "1.2.3");
    EXPECT_EQ(read.summary, "A plugin as it should be");
    EXPECT_EQ(read.sdk_major, sdk_major);
    EXPECT_EQ(read.abi_tag, PEERCERT_ABI_TAG);
    // This one throws in a static initialiser: reading it must not get that far.
    EXPECT_THAT(refusal(bytes_of(built("throws_at_load"))), StartsWith("accepted"));
}

TEST_F(ElfFile, AFileCutAnywhereIsRefusedBecauseLoadingItWouldKillTheProcess) {
    std::size_t accepted = 0;
    for (std::size_t size = 0; size < good.size(); size += size < 4096 ? 7 : 509)
        accepted += refusal(good.substr(0, size)).starts_with("accepted") ? 1 : 0;
    EXPECT_EQ(accepted, 0u);
    EXPECT_THAT(refusal(good.substr(0, good.size() - 1)), HasSubstr("cut short"));
}

TEST_F(ElfFile, WhatIsNoSharedLibraryOfThisMachineIsNamedAsWhatItIs) {
    EXPECT_THAT(refusal(""), HasSubstr("is no shared library"));
    EXPECT_THAT(refusal("units: [toolbox]\n"), HasSubstr("is no shared library"));
    EXPECT_THAT(refusal(with(offsetof(Elf64_Ehdr, e_machine), Elf64_Half{EM_SPARCV9})),
                HasSubstr("another kind of machine"));
    EXPECT_THAT(refusal(with(EI_CLASS, char{ELFCLASS32})), HasSubstr("another kind of machine"));
    EXPECT_THAT(refusal(with(EI_DATA, char{ELFDATA2MSB})), HasSubstr("another kind of machine"));
    EXPECT_THAT(refusal(with(offsetof(Elf64_Ehdr, e_type), Elf64_Half{ET_REL})), HasSubstr("no shared library"));
    EXPECT_THAT(refusal(bytes_of("/proc/self/exe")), HasSubstr("is a program, not a plugin"));
    EXPECT_THAT(refusal(bytes_of(built("no_manifest"))), HasSubstr("exports no peercert_manifest"));
}

TEST_F(ElfFile, TablesThatPointOutsideAreRefused) {
    EXPECT_THAT(refusal(with(offsetof(Elf64_Ehdr, e_phoff), Elf64_Off{~0ull - 8})), HasSubstr("cut short"));
    EXPECT_THAT(refusal(with(offsetof(Elf64_Ehdr, e_shoff), Elf64_Off{good.size() - 1})), HasSubstr("cut short"));
    EXPECT_THAT(refusal(with(offsetof(Elf64_Ehdr, e_shentsize), Elf64_Half{1})), HasSubstr("odd size"));
    EXPECT_THAT(refusal(with(offsetof(Elf64_Ehdr, e_phnum), Elf64_Half{0})), HasSubstr("no segments"));
    const std::size_t first_segment = sizeof(Elf64_Ehdr);
    EXPECT_THAT(refusal(with(first_segment + offsetof(Elf64_Phdr, p_filesz), Elf64_Xword{~0ull})),
                HasSubstr("cut short"));
}

TEST_F(ElfFile, DamagedBytesAreRefusedOrReadButNeverReadBeyondTheEnd) {
    std::mt19937 random(20261122);
    for (int round = 0; round < 3000; ++round) {
        std::string damaged = good;
        for (int flips = 0; flips < 4; ++flips) {
            const std::size_t at = random() % (round % 2 == 0 ? 1024 : damaged.size());
            damaged[at] = static_cast<char>(random());
        }
        EXPECT_FALSE(refusal(damaged).empty()); // AddressSanitizer watches
    }
}

TEST_F(ElfFile, AnotherSdkIsRefusedWithBothVersions) {
    EXPECT_THAT(refusal(bytes_of(built("newer_sdk"))),
                AllOf(HasSubstr("was built for SDK 1.2"), HasSubstr("offers SDK 1.1"), HasSubstr("newer peercert")));
    const std::string older = with_manifest(offsetof(PeercertManifest, sdk_major), std::string("\0\0", 2), 2);
    EXPECT_THAT(refusal(older), AllOf(HasSubstr("SDK 0.1"), HasSubstr("build the plugin again")));
}

TEST_F(ElfFile, AnotherAbiIsRefusedWithBothTags) {
    EXPECT_THAT(refusal(bytes_of(built("wrong_abi"))),
                AllOf(HasSubstr("-debug"), HasSubstr("\"" PEERCERT_ABI_TAG "\"")));
    const std::string odd = with_manifest(offsetof(PeercertManifest, abi_tag), "msvc\x1b[31m", 112);
    EXPECT_THAT(refusal(odd), HasSubstr("control characters"));
}

TEST_F(ElfFile, AManifestHasAnIdAVersionASummaryAndTheRightSize) {
    for (const char* id : {"", "Wrap", "9wrap", "wr ap", "wr-ap", "../wrap", "wrap\n"})
        EXPECT_THAT(refusal(with_manifest(offsetof(PeercertManifest, id), id, 32)), StartsWith("x.so: ")) << id;
    EXPECT_THAT(refusal(with_manifest(offsetof(PeercertManifest, id), std::string(32, 'a'), 32)),
                HasSubstr("has no end"));
    EXPECT_THAT(refusal(with_manifest(offsetof(PeercertManifest, version), "", 32)), HasSubstr("lacks a version"));
    EXPECT_THAT(refusal(with_manifest(offsetof(PeercertManifest, size), "\x10", 4)), HasSubstr("16 bytes"));
}

} // namespace
} // namespace peercert::plugin_host
