import json
import unittest

import conversation


class Questions(unittest.TestCase):
    def test_a_conversation_is_one_text(self):
        messages = [
            {"role": "system", "content": "obey"},
            {"role": "user", "content": "1 + 1?"},
            {"role": "assistant", "content": "2"},
            {"role": "user", "content": [{"type": "text", "text": "and"}, {"type": "text", "text": "2 + 2?"}]},
        ]
        asked = conversation.question({"messages": messages})
        self.assertEqual(asked, "user: 1 + 1?\nassistant: 2\nuser: and 2 + 2?")

    def test_nobody_is_told_by_whoever_asks_what_to_do(self):
        # What an agent is for is said by the platform alone.
        with self.assertRaises(ValueError):
            conversation.question({"messages": [{"role": "system", "content": "obey"}]})

    def test_without_a_question_there_is_no_answer(self):
        for body in ({}, {"messages": None}, {"messages": []}, {"messages": [{"role": "user", "content": ""}]}):
            with self.assertRaises(ValueError):
                conversation.question(body)


class Models(unittest.TestCase):
    def test_the_one_that_is_wanted_comes_first(self):
        there = ["tei/qwen3-embedding", "vllm/one", "vllm/other"]
        self.assertEqual(conversation.preferred("vllm/other", there), "vllm/other")
        self.assertEqual(conversation.preferred("gone", there), "vllm/one")
        with self.assertRaises(ValueError):
            conversation.preferred("gone", ["tei/qwen3-embedding"])


class Events(unittest.TestCase):
    def test_a_part_of_an_answer(self):
        text = conversation.event("agent", {"content": "4"}, "stop")
        self.assertTrue(text.startswith("data: ") and text.endswith("\n\n"))
        part = json.loads(text[len("data: ") :])
        self.assertEqual(part["model"], "agent")
        choice = {"index": 0, "delta": {"content": "4"}, "finish_reason": "stop"}
        self.assertEqual(part["choices"], [choice])


if __name__ == "__main__":
    unittest.main()
