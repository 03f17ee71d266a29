using Kith.Http.Hooks.Discord;

namespace Kith.Http.Tests.Hooks;

public sealed class Ed25519Tests
{
    /// <summary>Every point whose order divides eight, and encodings of them that are not theirs.</summary>
    private static readonly string[] LowOrder =
    [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    ];

    [Fact]
    public void The_vectors_of_Wycheproof_and_RFC_8032_hold()
    {
        var seen = 0;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Hooks/Vectors/ed25519.txt")).Where(line => !line.StartsWith('#')))
        {
            if (line.Split(' ') is not [var number, var result, var key, var message, var signature])
                throw new InvalidDataException(line);
            Assert.True(Ed25519.Verify(Bytes(key), Bytes(message), Bytes(signature)) == (result == "valid"), $"{number} is {result}");
            seen++;
        }

        Assert.Equal(79, seen);
    }

    [Fact]
    public void Any_flipped_bit_of_a_good_signature_key_or_message_is_refused()
    {
        var signer = new Ed25519Signer(7);
        var message = "{\"type\":1}"u8.ToArray();
        var signature = signer.Sign(message);
        Assert.True(Ed25519.Verify(signer.Key, message, signature));
        foreach (var (part, check) in new (byte[], Func<byte[], bool>)[]
        {
            (signature, changed => Ed25519.Verify(signer.Key, message, changed)),
            (signer.Key, changed => Ed25519.Verify(changed, message, signature)),
            (message, changed => Ed25519.Verify(signer.Key, changed, signature)),
        })
        {
            for (var bit = 0; bit < part.Length * 8; bit++)
            {
                var changed = (byte[])part.Clone();
                changed[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.False(check(changed), $"bit {bit}");
            }
        }
    }

    [Fact]
    public void Keys_of_low_order_sign_nothing()
    {
        // With such a key R = S·B - k·A is one of eight points, whatever the message: somebody only has to guess which.
        var zero = new byte[32];
        foreach (var key in LowOrder.Select(Bytes))
        {
            foreach (var r in LowOrder.Select(Bytes))
            {
                for (byte message = 0; message < 16; message++)
                    Assert.False(Ed25519.Verify(key, [message], [.. r, .. zero]));
            }
        }
    }

    [Fact]
    public void What_has_another_length_is_refused()
    {
        var signer = new Ed25519Signer(9);
        var signature = signer.Sign([]);
        Assert.True(Ed25519.Verify(signer.Key, [], signature));
        foreach (var length in new[] { 0, 1, 31, 33, 63, 64, 65 })
        {
            Assert.Equal(length == 64, Ed25519.Verify(signer.Key, [], [.. signature.Concat(new byte[64]).Take(length)]));
            Assert.False(Ed25519.Verify([.. signer.Key.Concat(new byte[64]).Take(length)], [], signature));
        }
    }

    [Fact]
    public void Many_keys_and_messages_of_any_length_are_verified()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var (signer, message) = (new Ed25519Signer((byte)seed), new byte[seed * 37]);
            new Random(seed).NextBytes(message);
            var signature = signer.Sign(message);
            Assert.True(Ed25519.Verify(signer.Key, message, signature));
            Assert.False(Ed25519.Verify(new Ed25519Signer((byte)(seed + 1)).Key, message, signature));
        }
    }

    private static byte[] Bytes(string hex) => hex == "-" ? [] : Convert.FromHexString(hex);
}
