import { ChatPage } from "./chat-page.tsx";
import { usePlace } from "./use-place.ts";
import { WorkshopPage } from "./workshop/workshop-page.tsx";

/** The chat, which stays as it is while somebody looks around in the workshop. */
export function Places() {
  const { place, id } = usePlace();
  return (
    <>
      <div hidden={place !== "chat"}>
        <ChatPage shown={place === "chat"} />
      </div>
      {place !== "chat" && <WorkshopPage place={place} id={id} />}
    </>
  );
}
