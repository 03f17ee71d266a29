import assert from "node:assert/strict";

// The merchant is not in the alley, so that only the thief and the player know of the theft.
export default async function game(t) {
  const honcho = t.client();
  const player = await honcho.peer("player-one");
  const merchant = await honcho.peer("merchant-grim");
  const thief = await honcho.peer("thief-shadow");

  const tavern = await honcho.session("tavern-scene");
  await tavern.addPeers([player, merchant]);
  await tavern.setPeerConfiguration(merchant, { observeOthers: true });
  await tavern.addMessages([
    player.message("I'm looking for a rare gemstone. Money is no object."),
    merchant.message("I may know of one... but it won't come cheap."),
  ]);

  const alley = await honcho.session("dark-alley");
  await alley.addPeers([player, thief]);
  await alley.setPeerConfiguration(thief, { observeOthers: true });
  await alley.addMessages([
    player.message("I need that gemstone stolen from the merchant. Quietly."),
    thief.message("Consider it done. Half up front."),
  ]);
  await t.idle(honcho);

  const question = "What do I know about this player?";
  const purchase = /looking for a rare gemstone/;
  const theft = /stolen/;
  const knows = (text, ...facts) => {
    for (const fact of [purchase, theft])
      (facts.includes(fact) ? assert.match : assert.doesNotMatch)(text, fact);
  };

  await t.check("the merchant knows of the purchase and not of the theft", async () => {
    knows(await merchant.chat(question, { target: "player-one" }), purchase);
    knows(await merchant.representation({ target: player }), purchase);
    knows((await merchant.context({ target: player })).representation, purchase);
    assert.doesNotMatch(await merchant.chat("Does the player plan a theft?", { target: player }), theft);
  });

  await t.check("the thief knows of the theft and not of the purchase", async () => {
    knows(await thief.chat(question, { target: "player-one" }), theft);
    knows(await thief.representation({ target: player }), theft);
    knows((await (await thief.chatStream(question, { target: player })).toArray()).join(""), theft);
  });

  await t.check("the player's own view knows both", async () => {
    knows(await player.chat("What is this player up to?"), purchase, theft);
    knows(await player.representation(), purchase, theft);
  });

  await t.check("the session's context speaks from a perspective", async () => {
    const of = perspective => tavern.context({ peerTarget: player, peerPerspective: perspective });
    knows((await of(merchant)).peerRepresentation, purchase);
    knows((await of(thief)).peerRepresentation, theft);
  });

  await t.check("search from a perspective sees what that peer witnessed", async () => {
    const seen = async perspective => (await honcho.search("gemstone", { filters: { peer_perspective: perspective } })).map(message => message.content).join("\n");
    assert.match(await seen("merchant-grim"), purchase);
    assert.doesNotMatch(await seen("merchant-grim"), theft);
    assert.match(await seen("thief-shadow"), theft);
    assert.doesNotMatch(await seen("thief-shadow"), purchase);
    const own = await seen("player-one");
    assert.match(own, purchase);
    assert.match(own, theft);
  });
}
