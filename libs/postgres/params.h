#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "libs/base/clock.h"

namespace bangkit::postgres {

// Parameters travel in PostgreSQL's binary format: nothing to quote or escape, and a text or bytea
// parameter is its own bytes, so strings are passed as they stand.

template <std::integral T>
std::array<char, sizeof(T)> BigEndian(T value) {
    if constexpr (std::endian::native == std::endian::little) value = std::byteswap(value);
    return std::bit_cast<std::array<char, sizeof(T)>>(value);
}

template <std::size_t kSize>
std::string_view View(const std::array<char, kSize>& bytes) {
    return {bytes.data(), kSize};
}

inline std::string Int64(std::int64_t value) { return std::string(View(BigEndian(value))); }

/// Microseconds since 2000-01-01, as timestamptz is sent.
std::int64_t ToMicros(Time time);
Time FromMicros(std::int64_t micros);
/// Days since 2000-01-01, as date is sent.
std::int32_t ToDays(Date date);
Date FromDays(std::int32_t days);
/// The 16 bytes of a UUID in text form; std::invalid_argument if it is none.
std::array<char, 16> UuidBytes(std::string_view uuid);
std::string UuidText(std::string_view bytes);

/// One column of a batch: a one-dimensional array parameter for UNNEST.
template <std::uint32_t kElementOid>
class Array {
public:
    Array() {
        for (const std::int32_t word : {1, 0, std::int32_t{kElementOid}, 0, 1}) Append(word);
    }

    void AddBytes(std::string_view value) {
        Append(static_cast<std::int32_t>(value.size()));
        bytes_ += value;
        Put(kCountOffset, ++count_);
    }
    void AddNull() {
        Append(-1);
        Put(kHasNullOffset, 1);
        Put(kCountOffset, ++count_);
    }

    operator std::string_view() const { return bytes_; }
    std::int32_t size() const { return count_; }

private:
    // What comes first: dimensions, whether there are nulls, type, count, lower bound.
    static constexpr std::ptrdiff_t kHasNullOffset = 4;
    static constexpr std::ptrdiff_t kCountOffset = 12;

    void Append(std::int32_t word) { bytes_ += View(BigEndian(word)); }
    void Put(std::ptrdiff_t offset, std::int32_t word) {
        std::ranges::copy(BigEndian(word), bytes_.begin() + offset);
    }

    std::string bytes_;
    std::int32_t count_ = 0;
};

class BytesArray : public Array<17> {
public:
    void Add(std::string_view value) { AddBytes(value); }
    /// Empty is NULL.
    void AddOrNull(std::string_view value) { value.empty() ? AddNull() : AddBytes(value); }
};

class TextArray : public Array<25> {
public:
    void Add(std::string_view value) { AddBytes(value); }
    /// Empty is NULL.
    void AddOrNull(std::string_view value) { value.empty() ? AddNull() : AddBytes(value); }
};

class Int64Array : public Array<20> {
public:
    void Add(std::int64_t value) { AddBytes(View(BigEndian(value))); }
    void Add(const std::optional<std::int64_t>& value) { value ? Add(*value) : AddNull(); }
};

class SmallintArray : public Array<21> {
public:
    void Add(std::int16_t value) { AddBytes(View(BigEndian(value))); }
    template <typename Enum>
        requires std::is_enum_v<Enum>
    void Add(Enum value) {
        Add(static_cast<std::int16_t>(value));
    }
};

class UuidArray : public Array<2950> {
public:
    void Add(std::string_view uuid) { AddBytes(View(UuidBytes(uuid))); }
};

class DateArray : public Array<1082> {
public:
    void Add(Date date) { AddBytes(View(BigEndian(ToDays(date)))); }
    void Add(const std::optional<Date>& date) { date ? Add(*date) : AddNull(); }
};

class TimeArray : public Array<1184> {
public:
    void Add(Time time) { AddBytes(View(BigEndian(ToMicros(time)))); }
};

}  // namespace bangkit::postgres
