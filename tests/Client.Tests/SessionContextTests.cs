using Kith.Client.OpenAI;
using OpenAI.Chat;

namespace Kith.Client.Tests;

public sealed class SessionContextTests
{
    private static readonly SessionContext Context = new()
    {
        Id = "s",
        PeerCard = ["Name: Alice", "Lives in Rome"],
        PeerRepresentation = "Alice loves hiking.",
        Summary = new Summary { Content = "They talked about the weather." },
        Messages = [Said("alice", "Hello"), Said("assistant", "Hi Alice!"), Said("bob", " "), Said(new string('b', 65), "And me?")],
    };

    [Fact]
    public void For_OpenAI_what_is_known_comes_first_as_the_system_and_people_have_names()
    {
        var messages = Context.ToOpenAI("assistant");
        Assert.Equal(
            [
                ("system", null, "<peer_card>\nName: Alice\nLives in Rome\n</peer_card>"),
                ("system", null, "<peer_representation>\nAlice loves hiking.\n</peer_representation>"),
                ("system", null, "<summary>\nThey talked about the weather.\n</summary>"),
                ("user", "alice", "Hello"),
                ("assistant", null, "Hi Alice!"),
                ("user", (string?)null, $"{new string('b', 65)}: And me?"),
            ],
            messages.Select(message => (message.Role, message.Name, message.Content)));
    }

    [Fact]
    public void The_OpenAI_client_takes_them_as_its_own()
    {
        ChatMessage[] messages = [.. Context.ToOpenAI("assistant").ToChatMessages()];
        Assert.Equal(
            [typeof(SystemChatMessage), typeof(SystemChatMessage), typeof(SystemChatMessage), typeof(UserChatMessage), typeof(AssistantChatMessage), typeof(UserChatMessage)],
            messages.Select(message => message.GetType()));
        Assert.Equal(("Hello", "alice"), (messages[3].Content[0].Text, ((UserChatMessage)messages[3]).ParticipantName));
    }

    [Fact]
    public void For_Anthropic_there_are_users_and_the_assistant_only_and_names_are_in_the_text()
    {
        var messages = Context.ToAnthropic("assistant");
        Assert.Equal(["user", "user", "user", "user", "assistant", "user"], messages.Select(message => message.Role));
        Assert.Equal(("alice: Hello", "Hi Alice!"), (messages[3].Content, messages[4].Content));
    }

    [Fact]
    public void For_Anthropic_the_assistant_never_begins()
    {
        var messages = new SessionContext { Messages = [Said("assistant", "Hi!"), Said("alice", "Hello")] }.ToAnthropic("assistant");
        Assert.Equal(["user", "assistant", "user"], messages.Select(message => message.Role));
    }

    [Fact]
    public void Nothing_known_is_nothing_said()
    {
        Assert.Empty(new SessionContext { PeerRepresentation = "", PeerCard = [] }.ToOpenAI("assistant"));
        Assert.Empty(new SessionContext().ToAnthropic("assistant"));
    }

    private static Message Said(string peer, string content) => new() { Id = "", PeerId = peer, Content = content };
}
