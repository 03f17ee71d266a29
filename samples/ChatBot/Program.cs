using Kith.Client;
using Kith.Client.OpenAI;
using OpenAI.Chat;

var kith = new KithClient("chat-bot");
var user = kith.Peer(args is [var name, ..] ? name : Environment.UserName);
var bot = await kith.CreatePeerAsync("bot", configuration: new() { ObserveMe = false });
var session = kith.Session($"{user}-{DateTime.UtcNow:yyyyMMdd-HHmmss}");
var model = Environment.GetEnvironmentVariable("OPENAI_API_KEY") is { Length: > 0 } key ? new ChatClient("gpt-5-mini", key) : null;

Console.WriteLine($"Say something, {user}. An empty line ends it.");
while (Console.ReadLine() is { Length: > 0 } line)
{
    await session.AddMessageAsync(user.Message(line));
    var answer = model is null ? await RememberAsync(line) : await AskModelAsync(model, line);
    await session.AddMessageAsync(bot.Message(answer));
    Console.WriteLine(answer);
}

// What is known of the user from all conversations, and this one as far as it fits: that is what the model gets.
async Task<string> AskModelAsync(ChatClient chat, string line)
{
    var context = await session.GetContextAsync(new() { Tokens = 4000, PeerTarget = user, SearchQuery = line });
    var completion = await chat.CompleteChatAsync(context.ToOpenAI(bot).ToChatMessages());
    return completion.Value.Content[0].Text;
}

async Task<string> RememberAsync(string line) => await user.ChatAsync(line) is { Content: { Length: > 0 } known } ? known : "Noted.";
